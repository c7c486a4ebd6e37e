namespace Roundtable.Application.Common;

/// <summary>Marks an application service to register by its own type, with one instance per request.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ScopedServiceAttribute : Attribute;
