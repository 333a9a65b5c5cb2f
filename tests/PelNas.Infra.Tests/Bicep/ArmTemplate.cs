using PelNas.Infra.Tests.Bicep;

[assembly: AssemblyFixture(typeof(ArmTemplate))]

namespace PelNas.Infra.Tests.Bicep;

/// <summary>infra/main.bicep compiled to a template of Azure Resource Manager, modules and all.</summary>
public sealed class ArmTemplate : IAsyncLifetime
{
    /// <summary>The template's text.</summary>
    internal string Text { get; private set; } = "";

    /// <summary>All templates in it by module; the main one under the empty name.</summary>
    internal Dictionary<string, JsonObject> Templates { get; } = [];

    /// <summary>All resources but the deployments of modules.</summary>
    internal List<ArmResource> Resources { get; } = [];

    public async ValueTask InitializeAsync()
    {
        ToolResult result = await BicepCompiler.RunAsync("build", "infra/main.bicep", "--stdout");
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException(result.Errors);
        }

        Text = result.Output;
        Add("", JsonNode.Parse(Text)!.AsObject());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Resources of a type.</summary>
    internal IReadOnlyList<ArmResource> OfType(string type)
        => [.. Resources.Where(resource => resource.Type == type && resource.Json["existing"] is null)];

    private void Add(string module, JsonObject template)
    {
        Templates.Add(module, template);
        // Symbolic names make it an object, plain templates have an array.
        IEnumerable<(string Name, JsonObject Json)> resources = template["resources"] switch
        {
            JsonObject named => named.Select(pair => (pair.Key, pair.Value!.AsObject())),
            JsonArray plain => plain.Select(resource => ("", resource!.AsObject())),
            _ => throw new InvalidOperationException($"The template of '{module}' has no resources."),
        };
        foreach ((string name, JsonObject json) in resources)
        {
            string type = json["type"]!.GetValue<string>();
            if (type == "Microsoft.Resources/deployments")
            {
                Add(name, json["properties"]!["template"]!.AsObject());
            }
            else
            {
                Resources.Add(new ArmResource(module, type, json["apiVersion"]!.GetValue<string>(), json));
            }
        }
    }
}
