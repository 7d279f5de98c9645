// the escape character itself: JSON has two ways to write it
export const bold = '[1m';
