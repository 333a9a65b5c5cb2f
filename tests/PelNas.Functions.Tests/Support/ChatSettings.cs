namespace PelNas.Functions.Tests.Support;

/// <summary>Settings of an app whose proposer is a server of this machine.</summary>
internal static class ChatSettings
{
    public static SearchAppSettings For(string folder, string provider, LoopbackModel model)
    {
        Dictionary<string, string> configuration = new()
        {
            ["PelNas:Chat:Provider"] = provider,
            ["PelNas:Chat:Endpoint"] = provider == "openai" ? new Uri(model.BaseUri, "/v1").ToString() : model.BaseUri.ToString(),
            ["PelNas:Chat:Model"] = LoopbackModel.Model,
        };
        return new SearchAppSettings(folder)
        {
            UseConfiguredProposer = true,
            Clock = TimeProvider.System,
            Configuration = configuration,
            ApiKey = provider == "ollama" ? null : LoopbackModel.Key,
        };
    }
}
