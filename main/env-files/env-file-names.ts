/** Source files and ciphertexts whose names only look as those of `.env` files do. */
const otherEnding =
  /\.(?:[cm]?[jt]sx?|json5?|ya?ml|toml|md|py|rb|php|go|rs|html?|swp|swo|lock|gpg|asc|age|enc)$/i;
const leftOver = /\.keyturn-[0-9a-f]{16}$|~$/;
const exampleWord = /(?:^|[._-])(?:examples?|samples?|templates?|tpl|dist|defaults?|schema|skel)(?:[._-]|$)/i;

/**
 * Whether a file of this name holds variables as `.env` files do: `.env`, `.env.local`, `prod.env`, direnv's `.envrc`
 * (whose plain assignments are read, and nothing is run), Flask's `.flaskenv`, Cloudflare's `.dev.vars`.
 */
export function isEnvFileName(name: string): boolean {
  const looksSo = /^\.env(?:rc)?(?:[._-].*)?$|.\.env$|^\.flaskenv$|^\.dev\.vars(?:\..*)?$/i.test(name);
  return looksSo && !otherEnding.test(name) && !leftOver.test(name);
}

/** Whether a file of this name is for showing which variables there are, such as `.env.example`. */
export function isExampleName(name: string): boolean {
  return exampleWord.test(name);
}
