namespace PelNas.Infra.Tests.Bicep;

/// <summary>A resource of a compiled template.</summary>
/// <param name="Module">Name of the nested deployment that it is in; empty for the main template.</param>
/// <param name="Type">Type.</param>
/// <param name="ApiVersion">API version.</param>
/// <param name="Json">The resource as compiled.</param>
internal sealed record ArmResource(string Module, string Type, string ApiVersion, JsonObject Json)
{
    /// <summary>Its properties; empty when they are an expression.</summary>
    public JsonObject Properties => Json["properties"] as JsonObject ?? [];
}
