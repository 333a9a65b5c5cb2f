using Microsoft.Extensions.DependencyInjection;

namespace PelNas.Shared.Tests.Storage;

public sealed class RepositoriesTests
{
    [Fact]
    public void All_repositories_are_on_the_store_that_the_caller_adds()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IRowStore>(new MemoryRowStore()).AddSingleton(TimeProvider.System).AddRepositories()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        services.GetRequiredService<IAnswerStore>().ShouldBeSameAs(services.GetRequiredService<AnswerRepository>());
        services.GetRequiredService<RunExporter>().ShouldBeSameAs(services.GetRequiredService<RunExporter>());
    }
}
