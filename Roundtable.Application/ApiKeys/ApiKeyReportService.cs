using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;

namespace Roundtable.Application.ApiKeys;

/// <summary>Ends keys that were found where they must not be.</summary>
[ScopedService]
public sealed class ApiKeyReportService(IApiKeyRepository keys, ApiKeyNotices notices, IUnitOfWork unitOfWork)
{
    /// <summary>Ends the key, if the text is one, and mails its owner. Succeeds whether it was one or not.</summary>
    public async Task<Result> ReportAsync(string secret, CancellationToken ct)
    {
        // A transaction only for a key: anyone may call this.
        if (
            ApiKeySecrets.CredentialOf(secret.Trim()) is not { } credential
            || await keys.FindBySecretAsync(credential.Hash, ct) is not { } id
        )
        {
            return Result.Success;
        }

        return await unitOfWork.ExecuteAsync<Result>(
            async ct =>
            {
                var now = unitOfWork.UtcNow;
                if (await keys.LoadAsync(id, ct) is { } key && key.IsLive(now) && key.Accepts(credential.Hash, now))
                {
                    key.Revoke(now);
                    notices.Record(AuditActions.ApiKeyLeaked, key, new ApiKeyLeaked(EventApiKey.Of(key)));
                    notices.Changed(key, MailPhrases.ReportedLeaked, byOwner: false);
                }

                return Result.Success;
            },
            ct
        );
    }
}
