import type { Product } from '#lib/types.ts';

export const products: Product[] = [
	{
		slug: 'number-four-smoother',
		name: 'Number four smoother',
		category: 'Planes',
		price: 18900,
		weight: 1740,
		stock: 11,
		since: '2019-04-02',
		summary: 'The plane that finishes a board so well that sandpaper stays in the drawer.',
		description:
			'A cast body ground flat on all three faces, with a thick iron that holds its edge through a whole table top. The mouth closes down to a hair for curly grain, and the handle is shaped for three fingers, as it should be.',
		details: [
			{ label: 'Sole', value: '245 mm, ductile iron' },
			{ label: 'Iron', value: '51 mm, 3.2 mm thick' },
			{ label: 'Handles', value: 'Oiled pear wood' }
		]
	},
	{
		slug: 'block-plane',
		name: 'Block plane',
		category: 'Planes',
		price: 9800,
		weight: 690,
		stock: 24,
		since: '2019-04-02',
		summary: 'Small enough for an apron pocket, at home on end grain.',
		description:
			'A low bed, a single iron and a brass wheel that stays where you leave it. It breaks edges, trims joints and shortens the door that has always stuck. Most people reach for it ten times a day.',
		details: [
			{ label: 'Sole', value: '152 mm, ductile iron' },
			{ label: 'Bed angle', value: '12 degrees' },
			{ label: 'Iron', value: '35 mm' }
		]
	},
	{
		slug: 'jack-plane',
		name: 'Jack plane',
		category: 'Planes',
		price: 21400,
		weight: 2260,
		stock: 7,
		since: '2020-01-20',
		summary: 'Takes a rough board to a true one before lunch.',
		description:
			'Long enough to ride over a hollow and light enough to swing all morning. We send it with a gently curved iron for fast work; a straight one for finer shavings fits the same body.',
		details: [
			{ label: 'Sole', value: '356 mm, ductile iron' },
			{ label: 'Iron', value: '51 mm, slightly cambered' },
			{ label: 'Handles', value: 'Oiled pear wood' }
		]
	},
	{
		slug: 'spokeshave',
		name: 'Flat spokeshave',
		category: 'Planes',
		price: 6400,
		weight: 310,
		stock: 19,
		since: '2020-09-14',
		summary: 'For chair legs, oars, handles and every other curve.',
		description:
			'A plane with its handles out to the sides, pushed or pulled as the grain asks. Two fine screws set the iron, so that one side can cut heavy and the other light.',
		details: [
			{ label: 'Width', value: '250 mm' },
			{ label: 'Iron', value: '54 mm' },
			{ label: 'Body', value: 'Bronze' }
		]
	},
	{
		slug: 'dovetail-saw',
		name: 'Dovetail saw',
		category: 'Saws',
		price: 11200,
		weight: 420,
		stock: 15,
		since: '2019-04-02',
		summary: 'Fine teeth filed for ripping, a folded brass back to keep them straight.',
		description:
			'It starts on a knife line without jumping and leaves a kerf as thin as a visiting card. The open handle sits low, behind the teeth, so that the stroke goes where the arm goes.',
		details: [
			{ label: 'Blade', value: '230 mm by 0.5 mm' },
			{ label: 'Teeth', value: '15 to the inch, rip' },
			{ label: 'Back', value: 'Folded brass' }
		]
	},
	{
		slug: 'tenon-saw',
		name: 'Tenon saw',
		category: 'Saws',
		price: 12900,
		weight: 640,
		stock: 9,
		since: '2019-11-05',
		summary: 'A deeper plate for cheeks and shoulders.',
		description:
			'When a joint is too big for the dovetail saw, this is the next one down from the wall. The plate tapers a little towards the toe, which keeps the cut from running past the line at the back.',
		details: [
			{ label: 'Blade', value: '330 mm by 0.6 mm' },
			{ label: 'Teeth', value: '12 to the inch, rip' },
			{ label: 'Handle', value: 'Closed, cherry' }
		]
	},
	{
		slug: 'coping-saw',
		name: 'Coping saw',
		category: 'Saws',
		price: 3900,
		weight: 260,
		stock: 38,
		since: '2020-03-30',
		summary: 'Turns corners; removes the waste between dovetails.',
		description:
			'A stiff sprung frame, and pins that lock at any angle, so that the blade can face sideways while the frame stays clear of the work. Six blades come with it: three fine, three coarse.',
		details: [
			{ label: 'Depth', value: '125 mm' },
			{ label: 'Blades', value: '165 mm, pinned' },
			{ label: 'Handle', value: 'Turned beech' }
		]
	},
	{
		slug: 'pull-saw',
		name: 'Double-edged pull saw',
		category: 'Saws',
		price: 5200,
		weight: 230,
		stock: 21,
		since: '2021-06-01',
		summary: 'Cuts on the pull: rip teeth on one edge, crosscut on the other.',
		description:
			'Because the blade is pulled, it can be thin, and because it is thin, it is quick. Turn it over between the long cut and the short one. The blade comes off with one screw for the tool roll.',
		details: [
			{ label: 'Blade', value: '240 mm by 0.4 mm' },
			{ label: 'Teeth', value: '9 rip, 15 crosscut' },
			{ label: 'Handle', value: 'Cane-wrapped paulownia' }
		]
	},
	{
		slug: 'bench-chisel-set',
		name: 'Bench chisels, set of four',
		category: 'Chisels',
		price: 14600,
		weight: 980,
		stock: 13,
		since: '2019-04-02',
		summary: 'Six, twelve, eighteen and twenty-five millimetres: most of a working life.',
		description:
			'Bevelled almost to nothing along the sides, so that they reach into the corner of a dovetail. Sharpened by hand before they leave us; a few strokes on a fine stone will make them yours.',
		details: [
			{ label: 'Widths', value: '6, 12, 18 and 25 mm' },
			{ label: 'Steel', value: 'Oil-hardened, 61 HRC' },
			{ label: 'Handles', value: 'Hooped ash' }
		]
	},
	{
		slug: 'mortise-chisel',
		name: 'Mortise chisel, 10 mm',
		category: 'Chisels',
		price: 5800,
		weight: 390,
		stock: 17,
		since: '2020-05-18',
		summary: 'Thick enough to lever, straight enough to guide itself.',
		description:
			'The blade is deeper than it is wide and does not twist in the hole. Strike it hard: the handle is oval, so the hand knows which way the edge points without the eye having to look.',
		details: [
			{ label: 'Width', value: '10 mm' },
			{ label: 'Length', value: '310 mm' },
			{ label: 'Handle', value: 'Oval beech' }
		]
	},
	{
		slug: 'paring-chisel',
		name: 'Long paring chisel',
		category: 'Chisels',
		price: 7100,
		weight: 280,
		stock: 8,
		since: '2021-02-22',
		summary: 'Pushed by hand, never struck; thin, long and patient.',
		description:
			'A light blade with some spring in it, for the last shaving of a joint. It can lie flat on a reference face and cut half a metre from the hand. Keep it sharper than you think necessary.',
		details: [
			{ label: 'Width', value: '20 mm' },
			{ label: 'Length', value: '390 mm' },
			{ label: 'Handle', value: 'Octagonal boxwood' }
		]
	},
	{
		slug: 'carving-gouge',
		name: 'Carving gouge',
		category: 'Chisels',
		price: 4300,
		weight: 210,
		stock: 0,
		since: '2022-10-10',
		summary: 'A medium sweep for bowls, spoons and letters.',
		description:
			'If you own one gouge, own this curve: flat enough to clean a surface and hollow enough to leave its corners out of the wood. Polished inside, so that chips slide away.',
		details: [
			{ label: 'Width', value: '16 mm' },
			{ label: 'Sweep', value: 'Number five' },
			{ label: 'Handle', value: 'Octagonal ash' }
		]
	},
	{
		slug: 'try-square',
		name: 'Try square',
		category: 'Marking',
		price: 4700,
		weight: 340,
		stock: 26,
		since: '2019-04-02',
		summary: 'A right angle that you can trust, in walnut and steel.',
		description:
			'Each square is checked against a master on both edges, inside and out, and the reading is written on the card in the box. The stock is faced with brass where it meets the work.',
		details: [
			{ label: 'Blade', value: '190 mm, hardened' },
			{ label: 'Accuracy', value: '0.02 mm along the blade' },
			{ label: 'Stock', value: 'Walnut, brass faced' }
		]
	},
	{
		slug: 'marking-gauge',
		name: 'Wheel marking gauge',
		category: 'Marking',
		price: 3600,
		weight: 190,
		stock: 33,
		since: '2019-08-12',
		summary: 'A small hardened wheel draws a line that a chisel can find.',
		description:
			'The wheel slices instead of scratching, so it follows your hand and not the grain. It hides inside the head when not in use, which is kind to pockets and to fingers.',
		details: [
			{ label: 'Reach', value: '150 mm' },
			{ label: 'Rod', value: '8 mm, stainless' },
			{ label: 'Head', value: 'Brass, one flat side' }
		]
	},
	{
		slug: 'striking-knife',
		name: 'Striking knife',
		category: 'Marking',
		price: 2900,
		weight: 80,
		stock: 41,
		since: '2020-02-17',
		summary: 'One bevel, one flat, one clear line.',
		description:
			'A pencil has a width; a knife does not. The flat runs against the square or against the joint itself, and the spear point works from either side. The sheath is vegetable-tanned.',
		details: [
			{ label: 'Blade', value: '45 mm, laminated' },
			{ label: 'Length', value: '165 mm' },
			{ label: 'Handle', value: 'Bog oak' }
		]
	},
	{
		slug: 'sliding-bevel',
		name: 'Sliding bevel',
		category: 'Marking',
		price: 4100,
		weight: 220,
		stock: 12,
		since: '2021-09-06',
		summary: 'Remembers an angle until you ask it for another.',
		description:
			'The blade locks from the end of the stock, so that nothing sticks out on either side and the tool lies flat both ways. Firm enough to survive a fall from the bench, though we do not recommend it.',
		details: [
			{ label: 'Blade', value: '200 mm, slotted' },
			{ label: 'Lock', value: 'Brass, end of stock' },
			{ label: 'Stock', value: 'Walnut' }
		]
	},
	{
		slug: 'hand-drill',
		name: 'Hand drill',
		category: 'Boring',
		price: 7900,
		weight: 760,
		stock: 10,
		since: '2020-06-29',
		summary: 'Two pinions, one big wheel and no charger.',
		description:
			'For pilot holes, and for the pleasure of hearing a fine gear turn. The chuck closes on a bit of half a millimetre, and the side handle comes off where the work is tight.',
		details: [
			{ label: 'Chuck', value: '0.5 to 8 mm' },
			{ label: 'Gear', value: 'Cut, 1 to 4' },
			{ label: 'Handles', value: 'Stained maple' }
		]
	},
	{
		slug: 'brace',
		name: 'Ratchet brace',
		category: 'Boring',
		price: 8600,
		weight: 1180,
		stock: 6,
		since: '2021-04-19',
		summary: 'Big, slow, straight holes, also in a corner.',
		description:
			'The sweep gives the force and the ratchet lets you work where a full turn does not fit. The head runs on a ball race and takes the weight of the shoulder without complaint.',
		details: [
			{ label: 'Sweep', value: '250 mm' },
			{ label: 'Chuck', value: 'Four jaw, 3 to 13 mm' },
			{ label: 'Head', value: 'Turned cherry' }
		]
	},
	{
		slug: 'gimlet-set',
		name: 'Gimlets, set of three',
		category: 'Boring',
		price: 1900,
		weight: 120,
		stock: 52,
		since: '2022-01-24',
		summary: 'A screw hole in ten seconds, without getting up.',
		description:
			'Twist, and the thread pulls itself in. They live in the kitchen drawer as happily as in the workshop, and they have hung more pictures than any machine we know.',
		details: [
			{ label: 'Sizes', value: '2, 3 and 4 mm' },
			{ label: 'Length', value: '115 mm' },
			{ label: 'Handles', value: 'Turned beech' }
		]
	},
	{
		slug: 'bradawl',
		name: 'Bradawl',
		category: 'Boring',
		price: 1400,
		weight: 90,
		stock: 60,
		since: '2019-04-02',
		summary: 'The awl of our name: a place for the screw to start.',
		description:
			'The square tip cuts the fibres as it turns, where a round one would only wedge them apart. A small tool that prevents many split boards. Everyone who works here has one in the pocket.',
		details: [
			{ label: 'Blade', value: '38 mm, square tip' },
			{ label: 'Length', value: '130 mm' },
			{ label: 'Handle', value: 'Alder, from the river' }
		]
	},
	{
		slug: 'whetstone',
		name: 'Whetstone, two grits',
		category: 'Bench',
		price: 6800,
		weight: 1050,
		stock: 18,
		since: '2019-10-07',
		summary: 'A thousand on one side, six thousand on the other.',
		description:
			'Splash it, do not soak it: the stone is dense and stays flat for a long time. The coarse side raises a burr in a minute, the fine side takes it off and leaves a polish you can shave with.',
		details: [
			{ label: 'Size', value: '205 by 75 by 30 mm' },
			{ label: 'Grits', value: '1000 and 6000' },
			{ label: 'Base', value: 'Bamboo, non-slip' }
		]
	},
	{
		slug: 'strop',
		name: 'Leather strop',
		category: 'Bench',
		price: 2400,
		weight: 240,
		stock: 29,
		since: '2020-11-23',
		summary: 'Thirty strokes between you and a keen edge.',
		description:
			'Horse leather on a beech paddle, smooth on one face and napped on the other. A stick of fine green compound comes with it and lasts for years.',
		details: [
			{ label: 'Leather', value: '250 by 60 mm' },
			{ label: 'Paddle', value: 'Beech' },
			{ label: 'Compound', value: 'Half a micron' }
		]
	},
	{
		slug: 'holdfast',
		name: 'Bench holdfasts, pair',
		category: 'Bench',
		price: 8200,
		weight: 2640,
		stock: 14,
		since: '2021-11-15',
		summary: 'One knock holds, one knock lets go.',
		description:
			'Forged from a single bar and left slightly rough, because that is what makes them bite. They fit a nineteen millimetre hole in a top at least forty-five millimetres thick.',
		details: [
			{ label: 'Shaft', value: '19 mm' },
			{ label: 'Reach', value: '180 mm' },
			{ label: 'Steel', value: 'Forged, oil black' }
		]
	},
	{
		slug: 'joiners-mallet',
		name: "Joiner's mallet",
		category: 'Bench',
		price: 4500,
		weight: 830,
		stock: 20,
		since: '2019-06-10',
		summary: 'Tapered faces that meet the chisel squarely.',
		description:
			'The head slides up the handle from below and tightens with every blow, so there is no wedge to come loose. The faces slope towards the elbow, where the swing begins.',
		details: [
			{ label: 'Head', value: 'Beech, 150 mm' },
			{ label: 'Handle', value: 'Ash, 320 mm' },
			{ label: 'Finish', value: 'Linseed oil' }
		]
	}
];
