import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";
import { Home } from "./Home";
import { NotFound } from "./NotFound";
import { PageCrash } from "./PageCrash";
import { Shell } from "./Shell";

/** A page that is loaded when it is opened. */
const page = (path: string, load: () => Promise<{ default: ComponentType }>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).default }),
});

export const router = createBrowserRouter([
  {
    ErrorBoundary: PageCrash,
    HydrateFallback: () => null,
    children: [
      page("/sign-in", () => import("../features/auth/SignInPage")),
      page("/sign-up", () => import("../features/auth/SignUpPage")),
      page("/two-factor", () => import("../features/auth/TwoFactorPage")),
      page("/magic-link", () => import("../features/auth/MagicLinkPage")),
      page("/verify-email", () => import("../features/auth/VerifyEmailPage")),
      page("/confirm-email", () => import("../features/auth/ConfirmEmailPage")),
      page("/undo-email", () => import("../features/auth/UndoEmailPage")),
      page("/forgot-password", () => import("../features/auth/ForgotPasswordPage")),
      page("/reset-password", () => import("../features/auth/ResetPasswordPage")),
      page("/mailbox", () => import("../features/mailbox/MailboxPage")),
      {
        Component: Shell,
        children: [
          { path: "/", Component: Home },
          page("/account/profile", () => import("../features/account/ProfilePage")),
          page("/account/security", () => import("../features/account/SecurityPage")),
          page("/account/devices", () => import("../features/account/DevicesPage")),
          page("/account/activity", () => import("../features/account/ActivityPage")),
          page("/account/data", () => import("../features/account/DataPage")),
          page("/admin", () => import("../features/admin/overview/OverviewPage")),
          page("/admin/users", () => import("../features/admin/users/UsersPage")),
          page("/admin/users/:id", () => import("../features/admin/users/UserPage")),
          page("/admin/audit", () => import("../features/admin/audit/AuditPage")),
          page("/admin/roles", () => import("../features/admin/roles/RolesPage")),
          page("/admin/emails", () => import("../features/admin/emails/EmailsPage")),
          page("/admin/system", () => import("../features/admin/system/SystemPage")),
          { path: "*", Component: NotFound },
        ],
      },
    ],
  },
]);
