using AutoMapper;
using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

/// <summary>Manages webhook endpoints.</summary>
[ScopedService]
public sealed class WebhookService(
    IWebhookRepository webhooks,
    IWebhookSecrets secrets,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IOptions<WebhookOptions> options,
    IMapper mapper
)
{
    private DateTime Now => unitOfWork.UtcNow;

    public async Task<Result<IReadOnlyList<WebhookDto>>> ListAsync(CancellationToken ct) =>
        Answers(await webhooks.ListAsync(ct), await FiguresAsync(null, ct));

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<WebhookDto>> GetAsync(string id, CancellationToken ct) =>
        await webhooks.LoadAsync(id, ct) is { } endpoint ? await AnswerAsync(endpoint, ct) : WebhookErrors.NotFound(id);

    /// <summary>
    /// Messages include names and e-mail addresses if the caller may read users. Errors: <c>validation_failed</c>, <c>conflict</c> if
    /// there are too many endpoints.
    /// </summary>
    public Task<Result<WebhookSecretDto>> CreateAsync(CurrentSession caller, WebhookChanges wanted, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<WebhookSecretDto>>(
            async ct =>
            {
                if (WebhookRules.Check(wanted, options.Value.AllowInsecureTargets) is { } problem)
                {
                    return problem;
                }

                if (await webhooks.CountAsync(ct) >= WebhookErrors.MaxEndpoints)
                {
                    return WebhookErrors.TooMany;
                }

                var (secret, hidden) = secrets.Create();
                var endpoint = WebhookEndpoint.Create(
                    wanted.Url,
                    wanted.Description,
                    wanted.Events,
                    caller.Has(Permissions.UsersRead),
                    hidden,
                    caller.PrincipalId,
                    Now
                );
                webhooks.Add(endpoint);
                audit.Record(AuditActions.WebhookCreated, AuditTarget.Webhook(endpoint.Id), Details(endpoint));
                return new WebhookSecretDto
                {
                    Webhook = Answers([endpoint], new Dictionary<string, WebhookFigures> { [endpoint.Id] = new(caller.Name) })[0],
                    Secret = secret,
                };
            },
            ct
        );

    /// <summary>
    /// A new URL receives user data only if the caller may read users. Errors: <c>validation_failed</c>, <c>not_found</c>,
    /// <c>stale_version</c>.
    /// </summary>
    public async Task<Result<WebhookDto>> ChangeAsync(
        CurrentSession caller,
        string id,
        WebhookPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    )
    {
        var changed = await WithAsync<Result<WebhookEndpoint>>(
            id,
            expected,
            async endpoint =>
            {
                var wanted = patch.On(endpoint);
                if (WebhookRules.Check(wanted, options.Value.AllowInsecureTargets) is { } problem)
                {
                    return problem;
                }

                if (patch.Url.IsPresent)
                {
                    endpoint.SetTarget(wanted.Url, caller.Has(Permissions.UsersRead));
                }

                if (wanted.Enabled && !endpoint.Enabled)
                {
                    // Otherwise its messages would wait for the end of a back-off, up to ten hours.
                    await webhooks.RequeuePendingAsync(id, ct);
                }

                endpoint.Change(wanted.Description, wanted.Events, wanted.Enabled, Now);
                audit.Record(AuditActions.WebhookChanged, AuditTarget.Webhook(id), Details(endpoint));
                return endpoint;
            },
            ct
        );
        // After the commit: others need not wait while the deliveries are counted.
        return changed.Failed ? changed.Error! : await AnswerAsync(changed.Value, ct);
    }

    /// <summary>Rotates the signing secret; the old one also signs for a while. Errors: <c>not_found</c>.</summary>
    public async Task<Result<WebhookSecretDto>> RotateAsync(string id, CancellationToken ct)
    {
        var (secret, hidden) = secrets.Create();
        var rotated = await WithAsync(
            id,
            ExpectedVersions.Any,
            endpoint =>
            {
                endpoint.Rotate(hidden, Now + options.Value.SecretOverlap, Now);
                audit.Record(AuditActions.WebhookSecretRotated, AuditTarget.Webhook(id));
                return Task.FromResult<Result<WebhookEndpoint>>(endpoint);
            },
            ct
        );
        return rotated.Failed ? rotated.Error! : new WebhookSecretDto { Webhook = await AnswerAsync(rotated.Value, ct), Secret = secret };
    }

    /// <summary>Disables an endpoint that answered 410 (Gone); an admin can enable it again. Errors: <c>not_found</c>.</summary>
    public Task<Result> SwitchOffAsync(string id, CancellationToken ct) =>
        WithAsync(
            id,
            ExpectedVersions.Any,
            endpoint =>
            {
                if (endpoint.Enabled)
                {
                    endpoint.Disable(Now);
                    audit.Record(
                        AuditActions.WebhookSwitchedOff,
                        AuditTarget.Webhook(id),
                        new { host = new Uri(endpoint.Url).Host, answer = 410 }
                    );
                }

                return Task.FromResult(Result.Success);
            },
            ct
        );

    /// <summary>Removes an endpoint; its pending messages are not sent. Errors: <c>not_found</c>, <c>stale_version</c>.</summary>
    public Task<Result> DeleteAsync(string id, ExpectedVersions expected, CancellationToken ct) =>
        WithAsync(
            id,
            expected,
            async endpoint =>
            {
                await webhooks.RemoveAsync(endpoint, ct);
                audit.Record(AuditActions.WebhookDeleted, AuditTarget.Webhook(id), new { host = new Uri(endpoint.Url).Host });
                return Result.Success;
            },
            ct
        );

    private Task<TResult> WithAsync<TResult>(
        string id,
        ExpectedVersions expected,
        Func<WebhookEndpoint, Task<TResult>> work,
        CancellationToken ct
    )
        where TResult : Result, IFallible<TResult> =>
        unitOfWork.ExecuteAsync(
            async ct =>
                await webhooks.LoadAsync(id, ct) switch
                {
                    null => TResult.From(WebhookErrors.NotFound(id)),
                    { } endpoint when !expected.Allow(endpoint.Version) => TResult.From(Errors.StaleVersion),
                    { } endpoint => await work(endpoint),
                },
            ct
        );

    private async Task<WebhookDto> AnswerAsync(WebhookEndpoint endpoint, CancellationToken ct) =>
        Answers([endpoint], await FiguresAsync(endpoint.Id, ct))[0];

    private Task<IReadOnlyDictionary<string, WebhookFigures>> FiguresAsync(string? id, CancellationToken ct) =>
        webhooks.CountDeliveriesAsync(id, Now.AddDays(-1), ct);

    private List<WebhookDto> Answers(IReadOnlyList<WebhookEndpoint> endpoints, IReadOnlyDictionary<string, WebhookFigures> figures) =>
        mapper.Map<List<WebhookDto>>(endpoints, o => o.Items[WebhookMappingProfile.Figures] = figures);

    // A URL can carry a secret in its path or query, so the audit log records only the host.
    private static object Details(WebhookEndpoint endpoint) =>
        new
        {
            host = new Uri(endpoint.Url).Host,
            events = endpoint.Events,
            endpoint.Enabled,
            endpoint.ShowsUserData,
        };
}
