/** What the function's environment says. In AWS the secret is named by its ARN or name, and read once. */
export const settings = {
  get apiOrigin(): string {
    return process.env.API_ORIGIN ?? '';
  },
  get siteOrigin(): string {
    return process.env.SITE_ORIGIN ?? '';
  },
  async originSecret(): Promise<string> {
    return process.env.ORIGIN_SECRET ?? '';
  },
};
