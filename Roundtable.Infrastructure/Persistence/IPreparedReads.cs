using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>
/// The two reads that page views consist of, where a provider has a faster way than EF Core. Each sees the latest committed
/// state, as its EF Core counterpart does; a test holds both to the same answers.
/// </summary>
internal interface IPreparedReads
{
    /// <summary>The live session behind a cookie and, where it is an impersonation, the admin's session that it hangs on.</summary>
    (CurrentSession? Session, string? ImpersonatorSessionId) FindSession(string keyHash, DateTime nowUtc);

    UserDto? ReadUser(string id, DateTime nowUtc);
}
