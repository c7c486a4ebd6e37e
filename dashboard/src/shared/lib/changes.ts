/** The properties of the form that differ. */
export const changes = <T extends object>(form: T, from: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(form).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(from[name as keyof T])),
  ) as Partial<T>;
