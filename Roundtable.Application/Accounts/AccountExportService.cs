using AutoMapper;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Passkeys;
using Roundtable.Application.Profiles;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;

namespace Roundtable.Application.Accounts;

/// <summary>Collects all data about a user.</summary>
[ScopedService]
public sealed class AccountExportService(
    IUserRepository users,
    ISessionRepository sessions,
    AccountContents contents,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IMapper mapper
)
{
    /// <summary>Records the export, then reads outside any transaction: the data may be large, and a transaction blocks writers.</summary>
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
            ExportedAt = unitOfWork.UtcNow,
            User = user,
            FormerExtra = StoredExtra.Read(account.Profile.Extra).Where(v => user.Profile.Extra?.ContainsKey(v.Key) != true).ToDictionary(),
            HasPassword = account.Credentials.PasswordHash is not null,
            RecoveryCodesLeft = account.Credentials.RecoveryCodes.Count,
            Passkeys = mapper.Map<List<PasskeyDto>>(account.Credentials.Passkeys),
            Sessions = await sessions.ListAllAsync(caller.UserId, ct),
            Mails = await contents.MailsAsync(caller.UserId, ct),
            Activity = contents.AllActivityAsync(caller.UserId, ct),
            Features = await contents.OfFeaturesAsync(caller.UserId, ct),
        };
    }
}

/// <summary>All data about a user, without secrets.</summary>
public sealed record AccountExportDto
{
    /// <summary>When it was created (UTC).</summary>
    public required DateTime ExportedAt { get; init; }

    /// <summary>The account and its profile.</summary>
    public required UserDto User { get; init; }

    /// <summary>The values that remain of profile fields that this installation no longer defines.</summary>
    /// <example>{}</example>
    public required IReadOnlyDictionary<string, ProfileValue> FormerExtra { get; init; }

    /// <summary>Whether the account has a password; its hash is not exported.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>The number of recovery codes left.</summary>
    public required int RecoveryCodesLeft { get; init; }

    /// <summary>The passkeys.</summary>
    public required IReadOnlyList<PasskeyDto> Passkeys { get; init; }

    /// <summary>The sessions that are still stored, including ended ones.</summary>
    public required IReadOnlyList<SessionDto> Sessions { get; init; }

    /// <summary>The mails that are still stored.</summary>
    public required IReadOnlyList<MailRecordDto> Mails { get; init; }

    /// <summary>Actions by, on or on behalf of the user; streamed while the export is written.</summary>
    public required IAsyncEnumerable<AuditEntryDto> Activity { get; init; }

    /// <summary>The data of the product's features, by feature.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<object>> Features { get; init; }
}
