import {
  AdminApiKeysClient,
  AdminSessionsClient,
  AdminUsersClient,
  ApiKeysClient,
  AuditLogClient,
  AuthClient,
  EmailsClient,
  ImpersonationClient,
  PasskeysClient,
  RolesClient,
  ServiceAccountsClient,
  SessionsClient,
  StatisticsClient,
  SystemClient,
  TwoFactorClient,
  UsersClient,
  WebhooksClient,
} from "@roundtable/client";
import { base } from "./base";
import { plainSender, sender } from "./senders";

/** The API clients, by topic. */
/** Reads whose session it is. */
export const sessionApi = new AuthClient(base, plainSender);
export const authApi = new AuthClient(base, sender);
export const usersApi = new UsersClient(base, sender);
export const sessionsApi = new SessionsClient(base, sender);
export const twoFactorApi = new TwoFactorClient(base, sender);
export const passkeysApi = new PasskeysClient(base, sender);
export const apiKeysApi = new ApiKeysClient(base, sender);
export const impersonationApi = new ImpersonationClient(base, sender);
export const adminUsersApi = new AdminUsersClient(base, sender);
export const adminSessionsApi = new AdminSessionsClient(base, sender);
export const serviceAccountsApi = new ServiceAccountsClient(base, sender);
export const adminApiKeysApi = new AdminApiKeysClient(base, sender);
export const auditApi = new AuditLogClient(base, sender);
export const rolesApi = new RolesClient(base, sender);
export const emailsApi = new EmailsClient(base, sender);
export const webhooksApi = new WebhooksClient(base, sender);
export const systemApi = new SystemClient(base, sender);
export const statisticsApi = new StatisticsClient(base, sender);
