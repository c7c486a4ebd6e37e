namespace Roundtable.Application.Common;

/// <summary>A result that can be created from an error, whatever its value type.</summary>
public interface IFallible<TSelf>
{
    static abstract TSelf From(Error error);
}

/// <summary>Success or an error.</summary>
public class Result : IFallible<Result>
{
    protected Result(Error? error) => Error = error;

    public static Result Success { get; } = new(null);

    public Error? Error { get; }

    public bool Failed => Error is not null;

    public static implicit operator Result(Error error) => From(error);

    public static Result From(Error error) => new(error);
}

/// <summary>A value or an error.</summary>
public sealed class Result<T> : Result, IFallible<Result<T>>
{
    private readonly T? value;

    private Result(T? value, Error? error)
        : base(error) => this.value = value;

    public T Value => Error is null ? value! : throw new InvalidOperationException($"No value: {Error.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>For interface types, from which C# allows no user-defined conversions.</summary>
    internal static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);

    static Result<T> IFallible<Result<T>>.From(Error error) => new(default, error);
}
