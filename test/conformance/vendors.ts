/** What a definition is tried with, and where its vendor's description is silent. */
export interface VendorFacts {
  /** The OpenAPI descriptions, by how their names begin. */
  readonly descriptions: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly credential?: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  /** What every key is asked for with, where the vendor makes none without; the definition lists it by a call. */
  readonly scopes?: string[];
  /** An id of the form that the vendor's are of. */
  readonly keyId?: string;
  /** For a list that is paged by links. */
  readonly nextLink?: string;
  /** What the mock's answers lack or hold in no usable form, by pointer: in the new key, in every listed one, and in what is told of the credential. */
  readonly filled?: {
    readonly create?: Readonly<Record<string, string>>;
    readonly listed?: Readonly<Record<string, string>>;
    readonly own?: Readonly<Record<string, string>>;
  };
  /** Operations whose path is not in the description at hand. */
  readonly undescribed?: readonly string[];
  /** Parameters and members that are not in the description at hand. */
  readonly unnamed?: readonly string[];
}

const account = `AC${'0123456789abcdef'.repeat(2)}`;
const keySid = `SK${'0123456789abcdef'.repeat(2)}`;
const zone = 'com.cloudflare.api.account.zone.0123456789abcdef0123456789abcdef';

/** Definitions that there is no OpenAPI description for, each with the reason. */
export const undescribed: Readonly<Record<string, string>> = {
  'bearer-rest': 'it is no vendor, but an API that many have',
  channex: 'its vendor publishes none; the one call is from its documentation',
  coinbarpay: 'its vendor publishes none, and no call is made',
  paygentic: 'no call is made',
  resmic: 'its vendor publishes none, and no call is made',
  stripe: 'the description at hand is of the calls in preview, which are not made',
};

/** By the id of the definition. */
export const vendors: Readonly<Record<string, VendorFacts>> = {
  anthropic: { descriptions: ['anthropic'] },
  // The description calls the result of most calls an object and says no more.
  cloudflare: {
    filled: {
      create: { '/result/id': 'ed17574386854bf78a67040be0a770b0' },
      listed: {
        '/id': 'ed17574386854bf78a67040be0a770b0',
        '/name': 'deploy',
        '/status': 'active',
        '/issued_on': '2026-01-01T00:00:00Z',
      },
    },
    descriptions: ['cloudflare'],
    settings: { resource: zone },
    scopes: ['7cf72faf220841aabcfdfab81c43c4f6', 'f267e341f3dd4697bd3b9f71dd96247f'],
    unnamed: [zone],
  },
  datadog: { descriptions: ['datadog.', 'datadog-validate'], settings: { site: 'datadoghq.com' } },
  gitlab: { descriptions: ['gitlab'], settings: { url: 'https://gitlab.com' }, keyId: '42' },
  neon: { descriptions: ['neon'], keyId: '165432' },
  // A time is any text in the description.
  'npm-registry': {
    filled: { listed: { '/created': '2026-01-01T00:00:00.000Z' } },
    descriptions: ['npm'],
    settings: { registry: 'https://registry.example.com' },
    answers: { password: 'account-password', otp: '123456' },
    nextLink: '/-/npm/v1/tokens?page=1&perPage=10',
  },
  'openai-admin': { descriptions: ['openai'] },
  // The description was cut to the management API, so that it lacks the call for models.
  'openai-service-account': {
    descriptions: ['openai'],
    settings: { project: 'proj_abc' },
    undescribed: ['check'],
  },
  openrouter: {
    descriptions: ['openrouter'],
    settings: { workspace: '0df9e665-d932-5740-b2c7-b52af166bc11' },
  },
  resend: { descriptions: ['resend'], settings: { domain: 'domain-1' } },
  sendgrid: { descriptions: ['sendgrid'], settings: { region: 'global', subuser: 'someone' } },
  // The description was cut to keys, so that it lacks the list of messages.
  twilio: {
    descriptions: ['twilio'],
    settings: { account },
    credential: { user: account },
    keyId: keySid,
    nextLink: `/2010-04-01/Accounts/${account}/Keys.json?PageSize=1000&Page=1&PageToken=PA1`,
    undescribed: ['check'],
  },
  // The reference gives no parameters for the list, only `pagination.next` in its answer.
  vercel: { descriptions: ['vercel'], settings: { team: 'team_1' }, unnamed: ['until'] },
};
