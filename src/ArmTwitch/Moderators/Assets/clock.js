// The time zone of the browser, such as "Europe/Berlin"; null when it does not tell.
export const zone = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
  } catch {
    return null;
  }
};
