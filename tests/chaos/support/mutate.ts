export const runMutations = async (_o: unknown): Promise<boolean> => false
