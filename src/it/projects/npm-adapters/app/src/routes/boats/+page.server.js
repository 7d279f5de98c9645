export const load = ({ url }) => ({ boats: ['Möwe', 'Kranich'].filter((name) => name.includes(url.searchParams.get('name') ?? '')) });
