/** Names in the forms that paths find hard: accents, a space, a percent sign, a script that is not Latin. */
export const boats = new Map([
	['möwe', 'A dinghy'],
	['petit-bateau à voile', 'A sloop'],
	['100%', 'A cutter'],
	['かもめ', 'A trawler']
]);
