namespace PelNas.Shared.Tests.Llm.Providers;

public sealed class ChatProviderOptionsCheckTests
{
    private const string Key = "sk-do-not-show-me";

    [Theory]
    [InlineData(-1, 32_768, nameof(ChatProviderOptions.ReasoningTokens))]
    [InlineData(200_001, 32_768, nameof(ChatProviderOptions.ReasoningTokens))]
    [InlineData(0, 100, nameof(ChatProviderOptions.ContextTokens))]
    public void Sizes_that_no_model_has_are_refused(int reasoning, int context, string field)
        => ChatProviderOptionsCheck.Check(new ChatProviderOptions { ReasoningTokens = reasoning, ContextTokens = context })
            .ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public void The_defaults_are_the_offline_proposer_and_valid()
        => ChatProviderOptionsCheck.Check(new ChatProviderOptions()).ShouldBeEmpty();

    [Theory]
    [InlineData(ChatProviders.AzureOpenAI, "https://my-resource.openai.azure.com", "")]
    [InlineData(ChatProviders.AzureOpenAI, "https://my-resource.openai.azure.com/", Key)]
    [InlineData(ChatProviders.OpenAI, "", Key)]
    [InlineData(ChatProviders.OpenAI, "http://127.0.0.1:8080/v1", "")]
    [InlineData(ChatProviders.OpenAI, "http://localhost:8080/v1", "")]
    [InlineData(ChatProviders.OpenAI, "http://[::1]:8080/v1", "")]
    [InlineData(ChatProviders.Ollama, "", "")]
    public void Complete_settings_are_taken(string provider, string endpoint, string key)
        => ChatProviderOptionsCheck.Check(Options(provider, endpoint, key)).ShouldBeEmpty();

    [Theory]
    [InlineData("gpt", "https://a.example", "m", Key, "Provider", "azure-openai, openai, ollama, offline")]
    [InlineData(ChatProviders.AzureOpenAI, "", "m", Key, "Endpoint", "missing")]
    [InlineData(ChatProviders.AzureOpenAI, "my-resource", "m", Key, "Endpoint", "not an address")]
    [InlineData(ChatProviders.AzureOpenAI, "http://my-resource.openai.azure.com", "m", Key, "Endpoint", "not https")]
    [InlineData(ChatProviders.OpenAI, "http://10.0.0.7/v1", "m", Key, "Endpoint", "not https")]
    [InlineData(ChatProviders.OpenAI, "http://localhost.evil.example/v1", "m", Key, "Endpoint", "not https")]
    [InlineData(ChatProviders.OpenAI, "file:///etc/passwd", "m", Key, "Endpoint", "not https")]
    [InlineData(ChatProviders.OpenAI, "https://user:secret@a.example", "m", Key, "Endpoint", "user name or password")]
    [InlineData(ChatProviders.OpenAI, "https://a.example/?key=1", "m", Key, "Endpoint", "query")]
    [InlineData(ChatProviders.AzureOpenAI, "https://a.example", "", Key, "Model", "deployment")]
    [InlineData(ChatProviders.OpenAI, "https://a.example", " ", Key, "Model", "name of the model")]
    [InlineData(ChatProviders.OpenAI, "https://a.example", "m", "", "ApiKey", "PelNas__Chat__ApiKey")]
    [InlineData(ChatProviders.OpenAI, "https://a.example", "m", Key + "\n", "ApiKey", "paste it again")]
    [InlineData(ChatProviders.OpenAI, "https://a.example", "m", "@Microsoft.KeyVault(SecretUri=https://v/secrets/k)",
        "ApiKey", "Key Vault Secrets User")]
    [InlineData(ChatProviders.Ollama, "", "m", Key, "ApiKey", "takes no key")]
    public void What_is_wrong_is_named_with_its_mending_and_without_the_key(
        string provider, string endpoint, string model, string key, string field, string mending)
    {
        FieldError error = ChatProviderOptionsCheck.Check(Options(provider, endpoint, key, model)).ShouldHaveSingleItem();

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(mending);
        error.Message.ShouldNotContain("do-not-show-me");
    }

    [Fact]
    public void Limits_and_prices_are_checked()
    {
        ChatProviderOptions options = new()
        {
            Timeout = TimeSpan.Zero,
            RequestsPerMinute = 0,
            TokensPerMinute = -1,
            InputUsdPerMillion = double.NaN,
            Record = "a",
            Replay = "b",
        };

        ChatProviderOptionsCheck.Check(options).Select(error => error.Field)
            .ShouldBe(["Timeout", "RequestsPerMinute", "TokensPerMinute", "InputUsdPerMillion", "OutputUsdPerMillion", "Record", "Record"]);
    }

    private static ChatProviderOptions Options(string provider, string endpoint, string key, string model = "gpt-4.1-mini")
        => new() { Provider = provider, Endpoint = endpoint, ApiKey = key, Model = model };
}
