using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Api.Operations;
using Roundtable.Api.RateLimiting;
using Roundtable.Api.SignIn;
using Roundtable.Application.Common;
using Roundtable.Application.Passkeys;
using Roundtable.Application.SignIn;

namespace Roundtable.Api.Passkeys;

/// <summary>Manage passkeys and sign in with them.</summary>
[Route("api/v1")]
[Tags("Passkeys")]
public sealed class PasskeysController(PasskeyService passkeys, RoundtableSignInManager signInManager, SignInQueryService views)
    : SignInController(signInManager, views)
{
    /// <summary>Create the options for <c>navigator.credentials.get</c>, to start a sign-in.</summary>
    /// <response code="200">The options, in the format of `PublicKeyCredential.parseRequestOptionsFromJSON`.</response>
    [HttpPost("auth/passkeys/sign-in/options")]
    [Operation("beginPasskeySignIn", LogType = "auth")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<JsonElement>>(StatusCodes.Status200OK)]
    [ProducesErrors("rate_limited")]
    public async Task<ActionResult> BeginSignIn(CancellationToken ct) => Ok(Envelope(await SignInManager.AskForPasskeyAsync(ct)));

    /// <summary>Sign in with a passkey.</summary>
    /// <response code="200">Signed in. The session cookie is set.</response>
    [HttpPost("auth/passkeys/sign-in")]
    [Operation("signInWithPasskey", LogType = "auth")]
    [CountsSignIn("passkey")]
    [AllowAnonymous]
    [AuthRateLimit]
    [ProducesResponseType<ApiResponse<SignInAnswer>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_credentials", "user_banned", "rate_limited")]
    public async Task<ActionResult> FinishSignIn(PasskeySignInRequest request, CancellationToken ct) =>
        await ReplySignIn(await SignInManager.TakePasskeyAsync(request.Credential.GetRawText(), ct));

    /// <summary>Create the options for <c>navigator.credentials.create</c>, to add a passkey.</summary>
    /// <response code="200">The options, in the format of `PublicKeyCredential.parseCreationOptionsFromJSON`.</response>
    [HttpPost("auth/passkeys/registration/options")]
    [Operation("beginPasskeyRegistration", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<JsonElement>>(StatusCodes.Status200OK)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult> BeginRegistration(CancellationToken ct) => ReplyOptions(await passkeys.BeginAsync(Session, ct));

    /// <summary>Add the passkey that the browser created.</summary>
    /// <response code="201">The passkey.</response>
    [HttpPost("auth/passkeys/registration")]
    [Operation("registerPasskey", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<PasskeyDto>>(StatusCodes.Status201Created)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "conflict")]
    public async Task<ActionResult> FinishRegistration(PasskeyRegistrationRequest request, CancellationToken ct)
    {
        var secret = SecretCookie.PasskeyCeremony.Read(HttpContext);
        SecretCookie.PasskeyCeremony.Remove(HttpContext);
        var result = await passkeys.FinishAsync(Session, secret, request.Name ?? "Passkey", request.Credential.GetRawText(), ct);
        return result.Failed ? Problem(result.Error!) : Created($"/api/v1/passkeys/{result.Value.Id}", Envelope(result.Value));
    }

    /// <summary>List your passkeys.</summary>
    /// <response code="200">The passkeys, oldest first.</response>
    [HttpGet("passkeys")]
    [Operation("listPasskeys")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<PagedList<PasskeyDto>>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "invalid_cursor", "session_not_fresh", "not_while_impersonating")]
    public async Task<ActionResult<ApiResponse<PagedList<PasskeyDto>>>> List([FromQuery] ListRequest request, CancellationToken ct) =>
        ReplyPage(await passkeys.ListAsync(Session, ct), request, p => p.Id);

    /// <summary>Rename a passkey.</summary>
    /// <param name="id">The passkey's id.</param>
    /// <param name="request">The new name.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="200">The updated passkey.</response>
    [HttpPatch("passkeys/{id}")]
    [Operation("renamePasskey", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType<ApiResponse<PasskeyDto>>(StatusCodes.Status200OK)]
    [ProducesErrors("validation_failed", "session_not_fresh", "not_while_impersonating", "not_found")]
    public async Task<ActionResult<ApiResponse<PasskeyDto>>> Rename(string id, RenamePasskeyRequest request, CancellationToken ct) =>
        Reply(await passkeys.RenameAsync(Session, id, request.Name, ct));

    /// <summary>Remove a passkey.</summary>
    /// <param name="id">The passkey's id.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <response code="204">The passkey was removed.</response>
    [HttpDelete("passkeys/{id}")]
    [Operation("removePasskey", LogType = "security")]
    [RequireFreshSession]
    [NotWhileImpersonating]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesErrors("session_not_fresh", "not_while_impersonating", "not_found")]
    public async Task<ActionResult> Remove(string id, CancellationToken ct) => Reply(await passkeys.RemoveAsync(Session, id, ct));

    private ActionResult ReplyOptions(Result<PasskeyOptions> result)
    {
        if (result.Failed)
        {
            return Problem(result.Error!);
        }

        SecretCookie.PasskeyCeremony.Write(HttpContext, result.Value.Secret);
        return Ok(Envelope(result.Value.Options));
    }
}
