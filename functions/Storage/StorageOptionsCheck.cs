using Microsoft.Extensions.Options;

namespace PelNas.Functions.Storage;

/// <summary>Refuses settings of the store that are wrong, before anything uses them.</summary>
internal sealed class StorageOptionsCheck : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
        => options.Problems().ToArray() is { Length: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
