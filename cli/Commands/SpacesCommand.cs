using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas spaces</c>: lists the search spaces and adds a user's own.</summary>
internal static class SpacesCommand
{
    public static Command Create()
        => new("spaces", "List the search spaces other than NAS-Bench-201, and add one of yours.") { List(), Add() };

    private static Command List()
    {
        StoreOptions store = new();
        Option<bool> json = CommonOptions.Json();
        Command command = new("list", "List the spaces with their data sets and devices.") { store.Data, store.Store, json };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using IHost app = store.Open(parsed);
            BenchmarkCatalog catalog = app.Services.GetRequiredService<BenchmarkCatalog>();
            IReadOnlyList<ISpaceBenchmark> spaces = await catalog.ListSpacesAsync(cancellationToken);
            var listed = spaces.Select(
                space => new { space.Name, space.Architectures, Decisions = space.DecisionNames, space.Datasets, space.Devices });
            Verbs.Write(parsed.GetValue(json), listed, () => Write(spaces));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IReadOnlyList<ISpaceBenchmark> spaces)
    {
        foreach (ISpaceBenchmark space in spaces)
        {
            string datasets = space.Datasets.Count > 0 ? string.Join(", ", space.Datasets) : "any, with labels by you";
            Console.Out.WriteLine(
                $"{space.Name}: {space.Architectures:N0} architectures of {space.DecisionNames.Count} decisions; data sets {datasets}; "
                    + $"devices {string.Join(", ", space.Devices)}");
        }
    }

    private static Command Add()
    {
        Argument<string> file = new("FILE")
        {
            Description = "Definition of the space, JSON (docs/spaces.md); its table may be another file, which table.file names",
        };
        StoreOptions store = new();
        Command command = new(
            "add",
            """
            Add a space of yours, with its table or without one.

            A space that was added is not changed: give a new name to a new version.
            """)
        {
            file, store.Data, store.Store,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string path = parsed.GetValue(file)!;
            string json = await ReadAsync(path, cancellationToken);
            if (SpaceDefinitionReader.Read(json, out IReadOnlyList<SpaceFault> faults) is not { } definition)
            {
                throw new UsageException($"'{path}' defines no space. {SpaceFault.Describe(faults)}");
            }

            using IHost app = store.Open(parsed);
            if (await app.Services.GetRequiredService<SpaceRepository>().AddAsync(definition.Name, json, cancellationToken) != json)
            {
                throw new UsageException($"there is another space '{definition.Name}', and searches may be in it; choose another name.");
            }

            string members = definition.Open is null ? "architectures" : "combinations";
            double size = definition.ToBenchmark().Architectures;
            Console.Out.WriteLine($"added {definition.Name}: {size:N0} {members} of {definition.Decisions.Count} decisions");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The definition, with the table in it.</summary>
    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            string json = await File.ReadAllTextAsync(path, cancellationToken);
            JsonNode? root = JsonNode.Parse(json);
            if (root is not JsonObject || root["table"] is not JsonObject table || table["file"] is not JsonValue named
                || table.ContainsKey("csv"))
            {
                return json;
            }

            table["csv"] = await File.ReadAllTextAsync(
                Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, named.ToString()), cancellationToken);
            table.Remove("file");
            return root.ToJsonString();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // No JSON, a field that is there twice or no path: who reads the definition says what is wrong with it.
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
