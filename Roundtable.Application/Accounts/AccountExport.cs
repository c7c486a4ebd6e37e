using AutoMapper;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Gathers all that is held on a user.</summary>
[ScopedService]
public sealed class AccountExport(
    IUserRepository users,
    ISessionRepository sessions,
    AccountContents contents,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
)
{
    /// <summary>Recorded first, then read outside any transaction: it may be much, and nobody writes while one runs.</summary>
    public async Task<Result<AccountExportDto>> ExportAsync(CurrentSession caller, CancellationToken ct)
    {
        var recorded = await unitOfWork.ExecuteAsync<Result>(
            _ =>
            {
                audit.Record(AuditActions.UserExported, AuditTarget.User(caller.UserId));
                return Task.FromResult(Result.Success);
            },
            ct
        );
        if (recorded.Failed)
        {
            return recorded.Error!;
        }

        if (
            await users.ReadAsync(caller.UserId, ct) is not { } user
            || await users.LoadWithCredentialsAsync(caller.UserId, ct) is not { } account
        )
        {
            return Errors.Unauthenticated;
        }

        return new AccountExportDto
        {
            ExportedAt = clock.GetUtcNow().UtcDateTime,
            User = user,
            FormerExtra = StoredExtra.Read(account.Profile.Extra).Where(v => user.Profile.Extra?.ContainsKey(v.Key) != true).ToDictionary(),
            HasPassword = account.Credentials.PasswordHash is not null,
            RecoveryCodesLeft = account.Credentials.RecoveryCodes.Count,
            Passkeys = mapper.Map<List<PasskeyDto>>(account.Credentials.Passkeys),
            Sessions = await sessions.ListAllAsync(caller.UserId, ct),
            Mails = await users.ListMailsAsync(caller.UserId, ct),
            Activity = contents.AllActivityAsync(caller.UserId, ct),
            Features = await contents.OfFeaturesAsync(caller.UserId, ct),
        };
    }
}

/// <summary>All that is held on a user; secrets excluded.</summary>
public sealed record AccountExportDto
{
    /// <summary>When it was gathered, UTC.</summary>
    public required DateTime ExportedAt { get; init; }

    /// <summary>The account and its profile.</summary>
    public required UserDto User { get; init; }

    /// <summary>What is still held of fields that this installation once added to profiles and has no more.</summary>
    /// <example>{}</example>
    public required IReadOnlyDictionary<string, ProfileValue> FormerExtra { get; init; }

    /// <summary>Whether there is a password; its hash is no part of the export.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>How many recovery codes are left.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>The passkeys.</summary>
    public required IReadOnlyList<PasskeyDto> Passkeys { get; init; }

    /// <summary>The sessions that are still on record, ended ones included.</summary>
    public required IReadOnlyList<SessionDto> Sessions { get; init; }

    /// <summary>The mails that are still on record.</summary>
    public required IReadOnlyList<MailRecordDto> Mails { get; init; }

    /// <summary>What was done by, to or in the name of the user; read while it is written out.</summary>
    public required IAsyncEnumerable<AuditEntryDto> Activity { get; init; }

    /// <summary>What the product's own features hold, by feature.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<object>> Features { get; init; }
}

/// <summary>That a mail was sent.</summary>
/// <param name="Template">Which one.</param>
/// <param name="To">The address, masked.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
/// <param name="SentAt">When it went out, UTC; null while it waits.</param>
public sealed record MailRecordDto(string Template, string To, DateTime CreatedAt, DateTime? SentAt);
