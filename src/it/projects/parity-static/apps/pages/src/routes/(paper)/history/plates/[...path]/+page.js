export const entries = () => [{ path: '1871/slip' }, { path: '1902/crane/détail' }];
