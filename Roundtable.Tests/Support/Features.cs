namespace Roundtable.Tests.Support;

/// <summary>
/// What the tests that look at the application as a whole have to be told of a feature of the product. A feature says it in one class
/// beside its own tests, so that nobody edits those for it.
/// </summary>
internal interface IFeature
{
    /// <summary>Actions that any session will do for, as <c>Controller.Action</c>.</summary>
    IReadOnlyList<string> AnySession => [];

    /// <summary>Changes that may be made in somebody else's name, as method and route.</summary>
    IReadOnlyList<string> AllowedWhileImpersonating => [];

    /// <summary>Errors that its use cases know and requests cannot cause, as <c>Controller.Action: code</c>.</summary>
    IReadOnlyList<string> NeverAnswered => [];

    /// <summary>Administrative endpoints that the dashboard has no page for, as method and path below <c>/api/v1</c>.</summary>
    IReadOnlyList<string> NotInDashboard => [];

    /// <summary>
    /// Does all that the feature can do once, in every order and with every filter, so that each of its statements is seen.
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
