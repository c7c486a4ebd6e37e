using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Email;

namespace Roundtable.Application.ApiKeys;

/// <summary>Ends keys that were found where they must not be.</summary>
[ScopedService]
public sealed class ApiKeyReportService(IApiKeyRepository keys, ApiKeyNotices notices, IUnitOfWork unitOfWork)
{
    /// <summary>Ends the key, if the text is one, and mails its owner. Succeeds whether it was one or not.</summary>
    public Task<Result> ReportAsync(string secret, CancellationToken ct) =>
        ApiKeySecrets.CredentialOf(secret.Trim()) is not { } credential
            ? Task.FromResult(Result.Success)
            : unitOfWork.ExecuteAsync<Result>(
                async ct =>
                {
                    if (await keys.LoadBySecretAsync(credential.Hash, unitOfWork.UtcNow, ct) is { } key)
                    {
                        key.Revoke(unitOfWork.UtcNow);
                        notices.Record(AuditActions.ApiKeyLeaked, key, new ApiKeyLeaked(EventApiKey.Of(key)));
                        notices.Changed(key, MailPhrases.ReportedLeaked, byOwner: false);
                    }

                    return Result.Success;
                },
                ct
            );
}
