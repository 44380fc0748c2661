/** One number limits both; otherwise each may be absent. */
export type Ulimit = number | { readonly soft?: number; readonly hard?: number };
