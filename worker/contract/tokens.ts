/** `GET /v1/tokens`; `POST` answers with `token` besides, once. */
export interface ApiToken {
  id: string
  name: string
  createdAt: string
  lastUsedAt: string | null
}
