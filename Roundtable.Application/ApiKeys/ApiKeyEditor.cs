using System.Net;
using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;
using Roundtable.Application.Users;
using Roundtable.Domain.ApiKeys;
using Roundtable.Domain.ServiceAccounts;
using Roundtable.Domain.Users;

namespace Roundtable.Application.ApiKeys;

/// <summary>Creates and changes API keys in the current transaction, for users and for service accounts.</summary>
[ScopedService]
public sealed class ApiKeyEditor(
    IApiKeyRepository keys,
    ApiKeyNotices notices,
    AdminGuard guard,
    IUnitOfWork unitOfWork,
    IOptions<ApiKeyOptions> options
)
{
    private const int DefaultDays = 90;

    /// <summary>Errors: <c>validation_failed</c>, <c>forbidden</c> for a scope that the creator lacks, <c>conflict</c> if there are too
    /// many keys.</summary>
    /// <param name="user">The owner, locked so that two new keys are counted one after the other.</param>
    public Task<Result<ApiKeySecretDto>> CreateAsync(Caller creator, User user, ApiKeyRequestData wanted, CancellationToken ct) =>
        CreateAsync(creator, ApiKeyOwner.User(user.Id), wanted, (key, now) => ApiKey.CreateFor(user, key, now), ct);

    /// <inheritdoc cref="CreateAsync(Caller, User, ApiKeyRequestData, CancellationToken)"/>
    /// <param name="creator">The user who creates it; null for a command, which may grant every scope.</param>
    /// <param name="account">The owner.</param>
    public Task<Result<ApiKeySecretDto>> CreateAsync(
        Caller? creator,
        ServiceAccount account,
        ApiKeyRequestData wanted,
        CancellationToken ct
    )
    {
        // Of two new keys, the second sees the first: one of two changes to the account is repeated.
        account.Touch();
        return CreateAsync(creator, ApiKeyOwner.ServiceAccount(account.Id), wanted, (key, now) => ApiKey.CreateFor(account, key, now), ct);
    }

    /// <summary>Errors: <c>validation_failed</c>, <c>forbidden</c> for a scope that the caller lacks, <c>session_not_fresh</c> if the
    /// key would be able to do more, <c>conflict</c>, <c>stale_version</c>.</summary>
    public async Task<Result<ApiKeyDto>> ChangeAsync(
        CurrentSession caller,
        ApiKey key,
        ApiKeyPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    )
    {
        var (name, scopes, networks) = (patch.Name.Or(key.Name), patch.Scopes.Or(key.Scopes), patch.AllowedNetworks.Or(key.Networks) ?? []);
        if ((Unusable(key, expected) ?? ApiKeyRules.Check(name, scopes, networks)) is { } problem)
        {
            return problem;
        }

        var added = scopes!.Except(key.Scopes, StringComparer.Ordinal).ToList();
        var wider = ApiKeyRules.IsWider(Parse(networks), Parse(key.Networks));
        var granted = wider && key.ServiceAccountId is not null ? scopes! : added;
        if ((RefusalOf(caller, granted) ?? (added.Count > 0 || wider ? guard.CheckFreshness(caller) : null)) is { } refusal)
        {
            return refusal;
        }

        key.Change(name!.Trim(), scopes!, Parse(networks).Select(n => n.ToString()));
        notices.Record(AuditActions.ApiKeyUpdated, key);
        return await AnswerAsync(key, ct);
    }

    /// <summary>
    /// Sets a new secret; the current one stays valid for a while. Errors: <c>validation_failed</c>, <c>conflict</c>, also if it was
    /// rotated meanwhile, <c>stale_version</c>, <c>forbidden</c> for a service account's key with a scope that the caller
    /// lacks.
    /// </summary>
    /// <param name="seenSecretId">The key's secret before the transaction. Of two rotations at once the second is refused: it would end
    /// the secret that the first keeps for its overlap.</param>
    public async Task<Result<ApiKeySecretDto>> RotateAsync(
        CurrentSession caller,
        ApiKey key,
        string? seenSecretId,
        ApiKeyRotation rotation,
        CancellationToken ct
    )
    {
        if (
            (
                Unusable(key, rotation.Expected)
                ?? (key.SecretId == seenSecretId ? null : Errors.Conflict)
                ?? ApiKeyRules.CheckDays(rotation.ExpiresInDays, options.Value.MaxDays)
                ?? (key.ServiceAccountId is null ? null : RefusalOf(caller, key.Scopes))
            ) is
            { } problem
        )
        {
            return problem;
        }

        var now = unitOfWork.UtcNow;
        var secret = ApiKeySecrets.Create(key.ServiceAccountId is not null);
        var expires = rotation.ExpiresInDays is { } days ? now.AddDays(days) : key.ExpiresAtUtc;
        key.Rotate(ApiKeySecrets.Hash(secret), ApiKeySecrets.Shown(secret), now.AddHours(rotation.OverlapHours), expires, now);
        notices.Record(AuditActions.ApiKeyRotated, key, new ApiKeyRotated(EventApiKey.Of(key)));
        notices.Changed(key, MailPhrases.SecretRotated, byOwner: key.UserId is not null);
        var answer = await AnswerAsync(key, ct);
        return answer.Failed ? answer.Error! : new ApiKeySecretDto(answer.Value, secret);
    }

    /// <summary>Ends the key; does nothing if it has ended. Errors: <c>stale_version</c>.</summary>
    public Result Revoke(ApiKey key, ExpectedVersions expected)
    {
        if (!expected.Allow(key.Version))
        {
            return Errors.StaleVersion;
        }

        if (key.RevokedAtUtc is null)
        {
            key.Revoke(unitOfWork.UtcNow);
            notices.Record(AuditActions.ApiKeyRevoked, key, new ApiKeyRevoked(EventApiKey.Of(key)));
        }

        return Result.Success;
    }

    private async Task<Result<ApiKeySecretDto>> CreateAsync(
        Caller? creator,
        ApiKeyOwner owner,
        ApiKeyRequestData wanted,
        Func<NewApiKey, DateTime, ApiKey> create,
        CancellationToken ct
    )
    {
        var max = options.Value;
        if (
            (
                ApiKeyRules.Check(wanted.Name, wanted.Scopes, wanted.AllowedNetworks)
                ?? ApiKeyRules.CheckDays(wanted.ExpiresInDays, max.MaxDays)
                ?? RefusalOf(creator, wanted.Scopes!)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        var now = unitOfWork.UtcNow;
        if (await keys.CountLiveAsync(owner, now, ct) >= max.MaxPerUser)
        {
            return ApiKeyErrors.TooMany(max.MaxPerUser);
        }

        var secret = ApiKeySecrets.Create(owner.ServiceAccountId is not null);
        var key = create(
            new NewApiKey(
                wanted.Name!.Trim(),
                wanted.Scopes!,
                [.. Parse(wanted.AllowedNetworks ?? []).Select(n => n.ToString())],
                now.AddDays(wanted.ExpiresInDays ?? Math.Min(DefaultDays, max.MaxDays)),
                ApiKeySecrets.Hash(secret),
                ApiKeySecrets.Shown(secret),
                creator?.PrincipalId
            ),
            now
        );
        keys.Add(key);
        notices.Record(AuditActions.ApiKeyCreated, key, new ApiKeyCreated(EventApiKey.Of(key)));
        notices.Changed(key, MailPhrases.Created, byOwner: owner.UserId is not null);
        var answer = await AnswerAsync(key, ct);
        return answer.Failed ? answer.Error! : new ApiKeySecretDto(answer.Value, secret);
    }

    private Error? Unusable(ApiKey key, ExpectedVersions expected) =>
        !expected.Allow(key.Version) ? Errors.StaleVersion
        : key.IsLive(unitOfWork.UtcNow) ? null
        : ApiKeyErrors.NotLive;

    private static Error? RefusalOf(Caller? creator, IEnumerable<string> scopes) =>
        creator is not null && scopes.FirstOrDefault(s => !ApiKeyScopes.IsOwn(s) && !creator.Has(s)) is { } lacking
            ? Errors.Lacking(creator, lacking).WithDetail("scope", lacking)
            : null;

    private static List<IPNetwork> Parse(IEnumerable<string> networks) => [.. networks.Select(n => ApiKeyRules.Network(n)!.Value)];

    private async Task<Result<ApiKeyDto>> AnswerAsync(ApiKey key, CancellationToken ct)
    {
        await unitOfWork.FlushAsync(ct);
        return await keys.ReadAsync(key.Id, ct) is { } dto ? dto : ApiKeyErrors.NotFound(key.Id);
    }
}
