export const notice = 'unstamped';
