namespace Roundtable.Application.Common;

/// <summary>
/// The requirements of the running request on its caller. <see cref="IUnitOfWork"/> checks them again in every write transaction,
/// because the session or API key may have ended or lost a right since the request was authorized: while its body arrived or while it
/// waited to write.
/// </summary>
public interface IRequestRights
{
    /// <summary>The caller's credential; null if the request needs none, and outside requests.</summary>
    CallerCredential? Credential { get; }

    /// <summary>Why the last transaction was refused, which becomes the response; null if it was not.</summary>
    Error? Refusal { get; }

    /// <summary>
    /// Checks the caller, as the transaction reads it, against the endpoint's requirements and copies its rights to the request's
    /// caller. Errors: <c>unauthenticated</c> if the session or key no longer exists, otherwise the endpoint's error for a caller
    /// without access.
    /// </summary>
    Error? Check(Caller? caller);
}
