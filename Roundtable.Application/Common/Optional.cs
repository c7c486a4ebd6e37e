namespace Roundtable.Application.Common;

/// <summary>A member of a PATCH body: an absent member stays unchanged, a null one is cleared.</summary>
public readonly record struct Optional<T>(T Value)
{
    public bool IsPresent { get; private init; } = true;

    public static implicit operator Optional<T>(T value) => new(value);

    public T Or(T unchanged) => IsPresent ? Value : unchanged;
}
