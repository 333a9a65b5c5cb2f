using System.Net.Mime;
using System.Text;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Spaces;

/// <summary>
/// <c>PUT /spaces/{name}</c>: adds a user's space, with its table or without one. A space is never changed, so that searches go on in the
/// one that they were planned in.
/// </summary>
public sealed class PutSpace(SpaceRepository spaces)
{
    /// <summary>
    /// The HTTP function. Answers 201 for a new space, 200 for one that is there already, the same, and 409 for another of that name.
    /// </summary>
    [Function(nameof(PutSpace))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "spaces/{name}")] HttpRequest request, string name,
        CancellationToken cancellationToken)
    {
        string json = Encoding.UTF8.GetString(
            await RequestBody.ReadAsync(request, SpaceDefinitionReader.MaxBytes, cancellationToken, MediaTypeNames.Application.Json));
        if (SpaceDefinitionReader.Read(json, out IReadOnlyList<SpaceFault> faults) is not { } definition)
        {
            throw Problems.Invalid(
                [.. faults.Select(fault => new FieldError(fault.Place.Length == 0 ? "definition" : fault.Place, fault.Message))]);
        }

        if (definition.Name != name)
        {
            throw Problems.Invalid(
                "/name", $"is '{definition.Name}', and the address says '{UntrustedText.Cut(name, 60)}'; give both the same");
        }

        bool isNew = await spaces.GetAsync(name, cancellationToken) is null;
        return await spaces.AddAsync(name, json, cancellationToken) == json
            ? JsonResults.Of(StoredSpace.Of(definition.ToBenchmark()), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : throw Problems.Conflict($"There is another space '{name}', and searches may be in it; choose another name.");
    }
}

/// <summary>A space as HTTP answers show it.</summary>
/// <param name="Name">Name in requests.</param>
/// <param name="Architectures">Number of architectures of its table; of an open space that of combinations of choices.</param>
public sealed record StoredSpace(
    string Name, IReadOnlyList<string> Decisions, double Architectures, IReadOnlyList<string> Datasets, IReadOnlyList<string> Devices)
{
    internal static StoredSpace Of(ISpaceBenchmark space)
        => new(space.Name, space.DecisionNames, space.Architectures, space.Datasets, space.Devices);
}
