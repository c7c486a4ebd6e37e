namespace Roundtable.Tests.Support;

/// <summary>
/// What the application-wide tests need to know about a feature of the product. Each feature declares it in one class beside its own
/// tests, so that those need no edits.
/// </summary>
internal interface IFeature
{
    /// <summary>Actions that accept any session, as <c>Controller.Action</c>.</summary>
    IReadOnlyList<string> AnySession => [];

    /// <summary>Changes allowed while impersonating, as method and route.</summary>
    IReadOnlyList<string> AllowedWhileImpersonating => [];

    /// <summary>Errors that its use cases declare and requests cannot cause, as <c>Controller.Action: code</c>.</summary>
    IReadOnlyList<string> NeverAnswered => [];

    /// <summary>Administrative endpoints without a dashboard page, as method and path below <c>/api/v1</c>.</summary>
    IReadOnlyList<string> NotInDashboard => [];

    /// <summary>
    /// The credentials of its endpoints, as method and path below <c>/api/v1</c>, in the words of EndpointCredentialTests.
    /// </summary>
    IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string>();

    /// <summary>
    /// Runs everything that the feature does once, with every sort order and filter, so that each of its statements is issued.
    /// </summary>
    Task UseAsync(Browser admin, Browser user);
}

internal static class Features
{
    public static IReadOnlyList<IFeature> All { get; } =
    [
        .. typeof(Features)
            .Assembly.GetTypes()
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(IFeature)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal)
            .Select(t => (IFeature)Activator.CreateInstance(t)!),
    ];
}
