export * from "./client.js";
export { ApiClientBase, etagOf, type HttpSender } from "./base.js";
export { ApiError } from "./error.js";
