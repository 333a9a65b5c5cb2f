using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PelNas.Local.Host;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Tests.Host.Catalog;

public sealed class FunctionCatalogTests
{
    private static FunctionCatalog Find(params Type[] types) =>
        new(Options.Create(new LocalHostOptions { FunctionTypes = types }), new ConfigurationBuilder().Build());

    [Fact]
    public void Every_kind_of_function_is_found_in_static_and_instance_classes()
    {
        FunctionCatalog catalog = Find(typeof(Good), typeof(GoodStatic));

        catalog.Http.Single().Name.ShouldBe("Web");
        catalog.Timers.Single().Name.ShouldBe("Clock");
        catalog.Find<OrchestrationTriggerAttribute>("PLAN").ShouldNotBeNull().TriggerType.ShouldBe("orchestrationTrigger");
        catalog.Find<ActivityTriggerAttribute>("step").ShouldNotBeNull().TriggerType.ShouldBe("activityTrigger");
        catalog.Find<ActivityTriggerAttribute>("Plan").ShouldBeNull();
    }

    [Theory]
    [InlineData(typeof(Unbindable), "parameter 'Uri where' cannot be bound; take services in the constructor")]
    [InlineData(typeof(ForAdministrators), "the level Admin has no key here; give it the level Function or Anonymous")]
    [InlineData(typeof(BadSchedule), "the schedule '* * * * *' is not valid")]
    public void What_cannot_be_run_is_refused_with_the_function_and_the_fix(Type functions, string expected)
    {
        string message = Should.Throw<FunctionDefinitionException>(() => Find(functions)).Message;

        message.ShouldContain(expected);
        message.ShouldContain($"({functions.FullName}.");
    }

    internal sealed class Good
    {
        [Function("Web")]
        public Task<IResult> WebAsync(
            [HttpTrigger("get", "post", "GET", Route = "/web/{id}")] HttpRequest request,
            [DurableClient] DurableTaskClient client,
            FunctionContext context,
            string id,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        [Function("Clock")]
        public void Clock([TimerTrigger("0 0 * * * *")] TimerInfo timer) => throw new NotSupportedException();

        public void NotAFunction(Uri anything) => throw new NotSupportedException();
    }

    internal static class GoodStatic
    {
        [Function(nameof(Plan))]
        public static Task Plan([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function("Step")]
        public static int Step([ActivityTrigger] int input, FunctionContext context) => input;
    }

    internal sealed class Unbindable
    {
        [Function("Unbindable")]
        public IResult Run([HttpTrigger] HttpRequest request, Uri where) => throw new NotSupportedException();
    }

    internal sealed class ForAdministrators
    {
        [Function("ForAdministrators")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class BadSchedule
    {
        [Function("BadSchedule")]
        public void Run([TimerTrigger("* * * * *")] TimerInfo timer) => throw new NotSupportedException();
    }
}
