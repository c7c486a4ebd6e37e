namespace Roundtable.Application.Common;

/// <summary>Settings for sign-in and sessions.</summary>
public sealed class AuthOptions
{
    public const string SectionName = "Auth";

    /// <summary>
    /// Addresses that get role <c>admin</c>, once each: at the first sign-in by link or with a credential that the owner set. Default:
    /// <c>admin@example.com</c> in Development only.
    /// </summary>
    public IList<string> AdminEmails { get; init; } = [];

    public SessionSettings Session { get; init; } = new();

    public MagicLinkSettings MagicLink { get; init; } = new();

    public PasswordSettings Password { get; init; } = new();

    public ImpersonationSettings Impersonation { get; init; } = new();

    /// <summary>
    /// Providers that users can sign in with, by name: lower-case letters, digits and hyphens. Their redirect URI is
    /// <c>/api/v1/auth/external/NAME/callback</c> at the host that the browser uses. Default: none.
    /// </summary>
    public IDictionary<string, ExternalProviderSettings> External { get; init; } =
        new Dictionary<string, ExternalProviderSettings>(StringComparer.Ordinal);

    public sealed class SessionSettings
    {
        /// <summary>How long a session lasts after its last refresh. Default: 7 days.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

        /// <summary>The minimum age of the last refresh before use refreshes the session again. Default: 1 day.</summary>
        public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromDays(1);

        /// <summary>How long after sign-in a session counts as fresh. Default: 1 day.</summary>
        public TimeSpan FreshFor { get; set; } = TimeSpan.FromDays(1);

        /// <summary>The lifetime of a session that the user chose not to have remembered. Default: 1 day.</summary>
        public TimeSpan UnrememberedLifetime { get; set; } = TimeSpan.FromDays(1);

        /// <summary>How long after sign-in a session ends, even if it is refreshed. Default: 90 days.</summary>
        public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

        /// <summary>Returns the end of a session that is refreshed now and not again.</summary>
        public DateTime EndOf(bool rememberMe, DateTime createdAtUtc, DateTime nowUtc)
        {
            var end = nowUtc + (rememberMe ? Lifetime : UnrememberedLifetime);
            var last = createdAtUtc + AbsoluteLifetime;
            return end < last ? end : last;
        }
    }

    public sealed class MagicLinkSettings
    {
        /// <summary>How long a link is valid. Default: 5 minutes.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

        /// <summary>How long an invitation link is valid. Default: 7 days.</summary>
        public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

        /// <summary>Whether a link for an unknown address creates an account. Default: true.</summary>
        public bool AllowSignUp { get; set; } = true;

        /// <summary>
        /// Whether a link also signs in a browser other than the one that requested it; if not, the code must be typed there.
        /// Default: true.
        /// </summary>
        public bool OtherDevice { get; set; } = true;

        /// <summary>The maximum number of link mails per address within <see cref="Window"/>. Default: 5.</summary>
        public int MaxPerWindow { get; set; } = 5;

        /// <summary>The window of <see cref="MaxPerWindow"/>. Default: 15 minutes.</summary>
        public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);
    }

    /// <summary>Whether an unknown user of the provider gets an account.</summary>
    public bool AllowsSignUp(ExternalProviderSettings provider) => provider.AllowSignUp ?? MagicLink.AllowSignUp;

    public sealed class PasswordSettings
    {
        /// <summary>Whether password sign-in is enabled; if not, every password endpoint returns 404. Default: true.</summary>
        public bool Enabled { get; set; } = true;
    }

    public sealed class ImpersonationSettings
    {
        /// <summary>The maximum duration of an impersonation. Default: 1 hour.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);
    }
}
