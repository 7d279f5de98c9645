// a page that is there without JavaScript, in an app that is not
export const prerender = true;
export const ssr = true;
