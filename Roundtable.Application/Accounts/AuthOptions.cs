namespace Roundtable.Application.Accounts;

/// <summary>How people sign in and how long it lasts.</summary>
public sealed class AuthOptions
{
    public const string SectionName = "Auth";

    /// <summary>
    /// Addresses given role <c>admin</c>, once each: at the first sign-in by link or by a credential that its owner set. Default:
    /// <c>admin@example.com</c> in Development only.
    /// </summary>
    public IList<string> AdminEmails { get; init; } = [];

    public SessionSettings Session { get; init; } = new();

    public MagicLinkSettings MagicLink { get; init; } = new();

    public PasswordSettings Password { get; init; } = new();

    public ImpersonationSettings Impersonation { get; init; } = new();

    public sealed class SessionSettings
    {
        /// <summary>How long a session lives from its last refresh. Default: 7 days.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(7);

        /// <summary>How old the last refresh must be before use refreshes again. Default: 1 day.</summary>
        public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromDays(1);

        /// <summary>How long after signing in the session counts as fresh. Default: 1 day.</summary>
        public TimeSpan FreshFor { get; set; } = TimeSpan.FromDays(1);

        /// <summary>The life of a session that the user asked not to be remembered. Default: 1 day.</summary>
        public TimeSpan UnrememberedLifetime { get; set; } = TimeSpan.FromDays(1);

        /// <summary>How long after its sign-in a session ends, however often it is refreshed. Default: 90 days.</summary>
        public TimeSpan AbsoluteLifetime { get; set; } = TimeSpan.FromDays(90);

        /// <summary>When a session that is refreshed now ends unless it is refreshed again.</summary>
        public DateTime EndOf(bool rememberMe, DateTime createdAtUtc, DateTime nowUtc)
        {
            var end = nowUtc + (rememberMe ? Lifetime : UnrememberedLifetime);
            var last = createdAtUtc + AbsoluteLifetime;
            return end < last ? end : last;
        }
    }

    public sealed class MagicLinkSettings
    {
        /// <summary>How long a link works. Default: 5 minutes.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

        /// <summary>How long an invitation's link works. Default: 7 days.</summary>
        public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(7);

        /// <summary>Whether a link for an unknown address makes an account. Default: true.</summary>
        public bool AllowSignUp { get; set; } = true;

        /// <summary>How many link mails one address gets within <see cref="Window"/>. Default: 5.</summary>
        public int MaxPerWindow { get; set; } = 5;

        /// <summary>The window of <see cref="MaxPerWindow"/>. Default: 15 minutes.</summary>
        public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);
    }

    public sealed class PasswordSettings
    {
        /// <summary>Whether passwords exist at all; every password endpoint answers 404 otherwise. Default: true.</summary>
        public bool Enabled { get; set; } = true;
    }

    public sealed class ImpersonationSettings
    {
        /// <summary>How long an impersonation lasts at the most. Default: 1 hour.</summary>
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);
    }
}
