using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Roundtable.Api.Authentication;
using Roundtable.Api.Common;
using Roundtable.Api.Logging;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Roles;
using Roundtable.Tests.OpenApi;

namespace Roundtable.Tests.Guards.Specimens;

/// <summary>Controllers with one fault each.</summary>
internal static class ActionSpecimens
{
    public static IEnumerable<Specimen> All()
    {
        yield return Specimen.Of(ActionGuards.PublicMethodsAreActions, Only<Helpful>(), "Helpful.Help is public but no action", "[HttpGet]");
        yield return Specimen.Of(ActionGuards.CallersAreDeclared, Only<Silent>(), "Silent.Get does not say who may call it", "[RequirePermission(Permissions.…)]");
        yield return Specimen.Of(ActionGuards.OpenActionsDemandNothing, Only<Contradictory>(), "Contradictory.Get has [AllowAnonymous]", "take one of the two away");
        yield return Specimen.Of(ActionGuards.AdminActionsAskForAPermission, Only<Unguarded>(), "Unguarded.Get is under /admin", "put [RequirePermission(Permissions.…)] on it");
        yield return Specimen.Of(ActionGuards.PermissionsOpenSomething, new Subject { Permissions = ["parcels:send"] }, "parcels:send opens no endpoint", "put it on one with [RequirePermission]");
        yield return Specimen.Of(ActionGuards.OperationsHaveANameOfTheirOwn, Only<Nameless>(), "Nameless.Get has no [Operation(\"…\")]", "name it");
        yield return Specimen.Of(ActionGuards.OperationsHaveANameOfTheirOwn, Only<Misnamed>(), "Misnamed.Get is named 'Get_parcel'", "in camelCase");
        yield return Specimen.Of(ActionGuards.OperationsHaveANameOfTheirOwn, Only<Twins>(), "Twins.Get and Twins.List share the operation name 'getParcel'", "give each its own");
        yield return Specimen.Of(ActionGuards.OperationsLogAsAKnownType, Only<Noisy>(), "Noisy.Get logs as 'debug'", "LogType is one of operation, auth, security");
        yield return Specimen.Of(ActionGuards.ActionsTakeACancellationToken, Only<Unstoppable>(), "Unstoppable.Get goes on when its caller is gone", "take 'CancellationToken ct' as the last parameter");
        yield return Specimen.Of(ActionGuards.ControllersHaveFewDependencies, Only<Greedy>(), "Greedy takes more than 6 services", "split it");
        yield return Specimen.Of(ActionGuards.ControllersLeaveTheDatabaseAlone, Only<Direct>(), "Direct takes ISessionRepository", "ask a use case of Roundtable.Application");
        yield return Specimen.Of(
            ActionGuards.ChangesAreRestrictedWhileImpersonating, Only<Impersonable>(), "POST api/v1/parcels could be called in somebody else's name", "put [NotWhileImpersonating] on it");
        yield return Specimen.Of(ConductGuards.ChangesAreAudited, Only<Forgetful>(), "Forgetful.Send changes something", "calls IAuditTrail.Record");
        yield return Specimen.Of(ConductGuards.DeclaredErrorsAreCataloged, Only<Inventive>(), "Inventive.Get declares the error 'parcel_lost'", "add it to ErrorCatalog");
        yield return new Specimen(
            Guard.Of(ConductGuards.ErrorsAreDeclared),
            d => Only<Surprising>() with { Document = new ServedDocument(DocumentSpecimens.Read(d, o => o["operationId"] = "Users_readParcel")) },
            "Surprising.Get: invalid_cursor can be answered and is not declared",
            "add \"invalid_cursor\" to the action's [ProducesErrors(…)]");
    }

    private static Subject Only<T>()
        where T : ControllerBase => new() { Api = [typeof(T)] };

    [Route("api/v1/parcels")]
    public sealed class Helpful : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => Help(ct);

        public ActionResult Help(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Silent : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Contradictory : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        [RequireFreshSession]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1")]
    public sealed class Unguarded : ApiController
    {
        [HttpGet("admin/parcels")]
        [Operation("getParcel")]
        [RequireFreshSession]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Nameless : ApiController
    {
        [HttpGet]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Misnamed : ApiController
    {
        [HttpGet]
        [Operation("Get_parcel")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Twins : ApiController
    {
        [HttpGet("{id}")]
        [Operation("getParcel")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => NoContent();

        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        public ActionResult List(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Noisy : ApiController
    {
        [HttpGet]
        [Operation("getParcel", LogType = "debug")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Unstoppable : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        public ActionResult Get() => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Greedy(ParcelService a, UserViews b, BanService c, BulkService d, RoleGrants e, UserEditor f, SessionService g) : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => Ok((a, b, c, d, e, f, g, ct));
    }

    [Route("api/v1/parcels")]
    public sealed class Direct(ISessionRepository sessions) : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        public async Task<ActionResult> Get(CancellationToken ct) => Ok(await sessions.ListAllAsync("", ct));
    }

    [Route("api/v1/parcels")]
    public sealed class Impersonable(ParcelService parcels) : ApiController
    {
        [HttpPost]
        [Operation("sendParcel")]
        [RequirePermission(Permissions.UsersUpdate)]
        public async Task<ActionResult> Send(CancellationToken ct) => Reply(await parcels.SendAsync("", ct));
    }

    [Route("api/v1/parcels")]
    public sealed class Forgetful(IUnitOfWork unitOfWork) : ApiController
    {
        [HttpPost]
        [Operation("sendParcel")]
        [RequireFreshSession]
        [NotWhileImpersonating]
        public async Task<ActionResult> Send(CancellationToken ct) => Reply(await unitOfWork.ExecuteAsync(_ => Task.FromResult(Result.Success), ct));
    }

    [Route("api/v1/parcels")]
    public sealed class Inventive : ApiController
    {
        [HttpGet]
        [Operation("getParcel")]
        [AllowAnonymous]
        [ProducesErrors("parcel_lost")]
        public ActionResult Get(CancellationToken ct) => NoContent();
    }

    [Route("api/v1/parcels")]
    public sealed class Surprising : ApiController
    {
        [HttpGet]
        [Operation("readParcel")]
        [AllowAnonymous]
        public ActionResult Get(CancellationToken ct) => ct.IsCancellationRequested ? Problem(Errors.InvalidCursor) : NoContent();
    }
}
