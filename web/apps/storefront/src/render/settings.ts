/** What the function's environment says. */
export const settings = {
  get apiOrigin(): string {
    return process.env.API_ORIGIN ?? '';
  },
  get siteOrigin(): string {
    return process.env.SITE_ORIGIN ?? '';
  },
  get originSecret(): string {
    return process.env.ORIGIN_SECRET ?? '';
  },
};
