import {
  AdminApiKeysClient, AdminSessionsClient, AdminUsersClient, ApiKeysClient, AuditLogClient, AuthClient, EmailsClient, ImpersonationClient, PasskeysClient, RolesClient,
  ServiceAccountsClient, SessionsClient, StatisticsClient, SystemClient, TwoFactorClient, UsersClient, WebhooksClient,
} from "@roundtable/client";
import { base } from "./base";

/** The API clients, by topic. */
export const authApi = new AuthClient(base);
export const usersApi = new UsersClient(base);
export const sessionsApi = new SessionsClient(base);
export const twoFactorApi = new TwoFactorClient(base);
export const passkeysApi = new PasskeysClient(base);
export const apiKeysApi = new ApiKeysClient(base);
export const impersonationApi = new ImpersonationClient(base);
export const adminUsersApi = new AdminUsersClient(base);
export const adminSessionsApi = new AdminSessionsClient(base);
export const serviceAccountsApi = new ServiceAccountsClient(base);
export const adminApiKeysApi = new AdminApiKeysClient(base);
export const auditApi = new AuditLogClient(base);
export const rolesApi = new RolesClient(base);
export const emailsApi = new EmailsClient(base);
export const webhooksApi = new WebhooksClient(base);
export const systemApi = new SystemClient(base);
export const statisticsApi = new StatisticsClient(base);
