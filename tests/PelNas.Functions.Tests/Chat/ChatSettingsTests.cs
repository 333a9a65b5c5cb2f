using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using PelNas.Functions.Chat;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Functions.Tests.Chat;

public sealed class ChatSettingsTests : FolderTest
{
    private const string Key = "sk-do-not-show-me";

    [Fact]
    public async Task The_app_does_not_start_with_bad_settings_and_says_which()
    {
        SearchAppSettings settings = new SearchAppSettings(Folder.Path)
            .With("PelNas:Chat:Provider", "azure-openai").With("PelNas:Chat:Endpoint", "http://my-resource.openai.azure.com");

        OptionsValidationException refusal = await Should.ThrowAsync<OptionsValidationException>(() => SearchApp.StartAsync(settings));

        refusal.Message.ShouldContain("PelNas:Chat:Endpoint: it is not https");
        refusal.Message.ShouldContain("PelNas:Chat:Model: is missing");
    }

    [Fact]
    public void A_key_in_a_settings_file_is_refused_and_not_shown()
    {
        string file = Path.Combine(Folder.Path, "appsettings.json");
        File.WriteAllText(file, """{"PelNas":{"Chat":{"ApiKey":"KEY"}}}""".Replace("KEY", Key, StringComparison.Ordinal));

        Fault(new ConfigurationBuilder().AddJsonFile(file)).ShouldSatisfyAllConditions(
            fault => fault.ShouldContain("settings file appsettings.json"), fault => fault.ShouldNotContain(Key));
    }

    [Fact]
    public void A_key_on_the_command_line_is_refused()
        => Fault(new ConfigurationBuilder().AddCommandLine([$"--PelNas:Chat:ApiKey={Key}"])).ShouldContain("command line");

    [Fact]
    public void User_secrets_and_the_environment_are_taken()
    {
        string file = Path.Combine(Folder.Path, "secrets.json");
        File.WriteAllText(file, """{"PelNas":{"Chat":{"ApiKey":"KEY"}}}""".Replace("KEY", Key, StringComparison.Ordinal));
        Fault(new ConfigurationBuilder().AddJsonFile(file)).ShouldBeEmpty();

        // The environment wins over the file before it, as in the app.
        string other = Path.Combine(Folder.Path, "appsettings.json");
        File.WriteAllText(other, """{"PelNas":{"Chat":{"ApiKey":"old"}}}""");
        MemoryConfigurationSource environment = new() { InitialData = [new("PelNas:Chat:ApiKey", Key)] };
        Fault(new ConfigurationBuilder().AddJsonFile(other).Add(environment)).ShouldBeEmpty();
    }

    private static string Fault(IConfigurationBuilder builder)
    {
        ChatProviderOptions options = new() { Provider = ChatProviders.OpenAI, Model = "m", ApiKey = Key };
        return new ChatSettingsCheck(builder.Build()).Validate(null, options).FailureMessage ?? "";
    }
}
