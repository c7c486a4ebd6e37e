namespace Roundtable.Application.Common;

/// <summary>Marks what does the application's work: registered by its own type, one for each request.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ScopedServiceAttribute : Attribute;
