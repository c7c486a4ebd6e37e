using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.Options;
using Roundtable.Application.Common;

namespace Roundtable.Api.Common;

/// <summary>A data annotation's result with the code and limits of the error; the framework's own carries a text only.</summary>
public sealed class FieldValidationResult(FieldError error, params IEnumerable<string> members) : ValidationResult(error.Message, members)
{
    public FieldError Error => error;
}

/// <summary>A length limit with its own error code.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextLengthAttribute(int max, string code) : StringLengthAttribute(max)
{
    public string Code => code;
}

/// <summary>A pattern with its own error code.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextPatternAttribute(string pattern, string code) : RegularExpressionAttribute(pattern)
{
    public string Code => code;
}

/// <summary>Carries a field error through the framework's model state.</summary>
internal sealed class FieldErrorException(FieldError error) : Exception(error.Message)
{
    public FieldError Error => error;
}

/// <summary>
/// Validates request records as the framework does, by their data annotations, but keeps the code and limits of each error: the
/// framework's visitor adds texts to the model state.
/// </summary>
internal sealed class FieldValidator(IModelMetadataProvider metadata, IOptions<MvcOptions> options)
    : ObjectModelValidator(metadata, options.Value.ModelValidatorProviders)
{
    public override ValidationVisitor GetValidationVisitor(
        ActionContext actionContext,
        IModelValidatorProvider validatorProvider,
        ValidatorCache validatorCache,
        IModelMetadataProvider metadataProvider,
        ValidationStateDictionary? validationState
    ) =>
        new Visitor(actionContext, validatorProvider, validatorCache, metadataProvider, validationState)
        {
            MaxValidationDepth = options.Value.MaxValidationDepth,
            ValidateComplexTypesIfChildValidationFails = options.Value.ValidateComplexTypesIfChildValidationFails,
        };

    private sealed class Visitor(
        ActionContext actionContext,
        IModelValidatorProvider validatorProvider,
        ValidatorCache validatorCache,
        IModelMetadataProvider metadataProvider,
        ValidationStateDictionary? validationState
    ) : ValidationVisitor(actionContext, validatorProvider, validatorCache, metadataProvider, validationState)
    {
        protected override bool ValidateNode()
        {
            var key = Key ?? "";
            if (ModelState.GetValidationState(key) != ModelValidationState.Invalid)
            {
                foreach (var (member, error) in Validate())
                {
                    ModelState.AddFieldError(ModelNames.CreatePropertyModelName(key, member), error);
                }
            }

            if (ModelState.GetFieldValidationState(key) == ModelValidationState.Invalid)
            {
                return false;
            }

            if (ModelState.TryGetValue(key, out var entry))
            {
                entry.ValidationState = ModelValidationState.Valid;
            }

            return true;
        }

        private IEnumerable<(string? Member, FieldError Error)> Validate()
        {
            var context = new ValidationContext(Container ?? Model ?? this, Context.HttpContext.RequestServices, null)
            {
                DisplayName = Metadata!.GetDisplayName(),
                MemberName = Metadata.Name,
            };
            foreach (var rule in Metadata.ValidatorMetadata.OfType<ValidationAttribute>())
            {
                if (rule.GetValidationResult(Model, context) is { } result)
                {
                    yield return (null, ErrorOf(rule, result));
                }
            }

            var whole = Model is IValidatableObject validatable ? validatable.Validate(new ValidationContext(Model)) : [];
            foreach (var result in whole)
            {
                yield return (result.MemberNames.FirstOrDefault(), ErrorOf(null, result));
            }
        }

        private static FieldError ErrorOf(ValidationAttribute? rule, ValidationResult result)
        {
            var message = result.ErrorMessage ?? FieldErrors.Invalid.Message;
            return (rule, result) switch
            {
                (_, FieldValidationResult field) => field.Error,
                (TextLengthAttribute length, _) => new FieldError(length.Code, message),
                (TextPatternAttribute pattern, _) => new FieldError(pattern.Code, message),
                (StringLengthAttribute { MinimumLength: > 0 } l, _) => new FieldError("length", message, l.MinimumLength, l.MaximumLength),
                (StringLengthAttribute l, _) => new FieldError("too_long", message, Max: l.MaximumLength),
                (MaxLengthAttribute l, _) => new FieldError("too_many", message, Max: l.Length),
                (RangeAttribute { Minimum: int min, Maximum: int max }, _) => new FieldError("range", message, min, max),
                _ => FieldErrors.Invalid with { Message = message },
            };
        }
    }
}

internal static class FieldErrorState
{
    private static readonly ModelMetadata Any = new EmptyModelMetadataProvider().GetMetadataForType(typeof(object));

    public static void AddFieldError(this ModelStateDictionary state, string key, FieldError error) =>
        state.TryAddModelError(key, new FieldErrorException(error), Any);
}
