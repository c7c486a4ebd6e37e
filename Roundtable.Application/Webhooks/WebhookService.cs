using AutoMapper;
using Microsoft.Extensions.Options;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Webhooks;

namespace Roundtable.Application.Webhooks;

/// <summary>Manages the addresses that are told of events.</summary>
[ScopedService]
public sealed class WebhookService(
    IWebhookRepository webhooks,
    IWebhookSecrets secrets,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    IOptions<WebhookOptions> options,
    IMapper mapper,
    TimeProvider clock
)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Result<IReadOnlyList<WebhookDto>>> ListAsync(CancellationToken ct) =>
        mapper.Map<List<WebhookDto>>(await webhooks.ListAsync(ct));

    /// <summary>Errors: <c>not_found</c>.</summary>
    public async Task<Result<WebhookDto>> GetAsync(string id, CancellationToken ct) =>
        await webhooks.LoadAsync(id, ct) is { } endpoint ? mapper.Map<WebhookDto>(endpoint) : WebhookErrors.NotFound(id);

    /// <summary>
    /// Its messages show names and addresses where the caller may read users. Errors: <c>validation_failed</c>, <c>conflict</c> when there
    /// are too many.
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
                    Now
                );
                webhooks.Add(endpoint);
                audit.Record(AuditActions.WebhookCreated, AuditTarget.Webhook(endpoint.Id), Details(endpoint));
                return new WebhookSecretDto { Webhook = mapper.Map<WebhookDto>(endpoint), Secret = secret };
            },
            ct
        );

    /// <summary>
    /// With a new address it shows what the caller may read. Errors: <c>validation_failed</c>, <c>not_found</c>, <c>stale_version</c>.
    /// </summary>
    public Task<Result<WebhookDto>> ChangeAsync(
        CurrentSession caller,
        string id,
        WebhookPatch patch,
        ExpectedVersions expected,
        CancellationToken ct
    ) =>
        WithAsync(
            id,
            expected,
            endpoint =>
            {
                var wanted = patch.On(endpoint);
                if (WebhookRules.Check(wanted, options.Value.AllowInsecureTargets) is { } problem)
                {
                    return Task.FromResult<Result<WebhookDto>>(problem);
                }

                if (patch.Url.IsPresent)
                {
                    endpoint.Aim(wanted.Url, caller.Has(Permissions.UsersRead));
                }

                endpoint.Change(wanted.Description, wanted.Events, wanted.Enabled, Now);
                audit.Record(AuditActions.WebhookChanged, AuditTarget.Webhook(id), Details(endpoint));
                return Task.FromResult<Result<WebhookDto>>(mapper.Map<WebhookDto>(endpoint));
            },
            ct
        );

    /// <summary>Puts a new secret in place; the old one signs too for a while. Errors: <c>not_found</c>.</summary>
    public Task<Result<WebhookSecretDto>> RotateAsync(string id, CancellationToken ct) =>
        WithAsync(
            id,
            ExpectedVersions.Any,
            endpoint =>
            {
                var (secret, hidden) = secrets.Create();
                endpoint.Rotate(hidden, Now + options.Value.SecretOverlap, Now);
                audit.Record(AuditActions.WebhookSecretRotated, AuditTarget.Webhook(id));
                return Task.FromResult<Result<WebhookSecretDto>>(
                    new WebhookSecretDto { Webhook = mapper.Map<WebhookDto>(endpoint), Secret = secret }
                );
            },
            ct
        );

    /// <summary>
    /// Switches off an endpoint that says it is gone for good (410); an admin may switch it on again. Errors: <c>not_found</c>.
    /// </summary>
    public Task<Result<WebhookDto>> SwitchOffAsync(string id, CancellationToken ct) =>
        WithAsync(
            id,
            ExpectedVersions.Any,
            endpoint =>
            {
                if (endpoint.Enabled)
                {
                    endpoint.SwitchOff(Now);
                    audit.Record(
                        AuditActions.WebhookSwitchedOff,
                        AuditTarget.Webhook(id),
                        new { host = new Uri(endpoint.Url).Host, answer = 410 }
                    );
                }

                return Task.FromResult<Result<WebhookDto>>(mapper.Map<WebhookDto>(endpoint));
            },
            ct
        );

    /// <summary>
    /// Removes an endpoint; what is on its way to it is not sent any more. Errors: <c>not_found</c>, <c>stale_version</c>.
    /// </summary>
    public async Task<Result> DeleteAsync(string id, ExpectedVersions expected, CancellationToken ct) =>
        await WithAsync(
            id,
            expected,
            async endpoint =>
            {
                await webhooks.RemoveAsync(endpoint, ct);
                audit.Record(AuditActions.WebhookDeleted, AuditTarget.Webhook(id), new { host = new Uri(endpoint.Url).Host });
                return (Result<WebhookDto>)mapper.Map<WebhookDto>(endpoint);
            },
            ct
        );

    private Task<Result<T>> WithAsync<T>(
        string id,
        ExpectedVersions expected,
        Func<WebhookEndpoint, Task<Result<T>>> work,
        CancellationToken ct
    ) =>
        unitOfWork.ExecuteAsync(
            async ct =>
                await webhooks.LoadAsync(id, ct) switch
                {
                    null => WebhookErrors.NotFound(id),
                    { } endpoint when !expected.Allow(endpoint.Version) => Errors.StaleVersion,
                    { } endpoint => await work(endpoint),
                },
            ct
        );

    // An address can carry a secret in its path or query: the log keeps the host.
    private static object Details(WebhookEndpoint endpoint) =>
        new
        {
            host = new Uri(endpoint.Url).Host,
            events = endpoint.Events,
            endpoint.Enabled,
            endpoint.ShowsUserData,
        };
}
