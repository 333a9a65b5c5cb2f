using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace PelNas.Local.Tests.Api
{
    public sealed class RealApiTests
    {
        [Fact]
        public void Local_has_no_public_member_that_the_real_packages_lack()
        {
            var types = typeof(FunctionAttribute).Assembly.GetExportedTypes()
                .Where(type => !$"{type.Namespace}.".StartsWith("PelNas.", StringComparison.Ordinal))
                .ToList();

            types.ShouldContain(typeof(HttpTriggerAttribute));
            types.ShouldContain(typeof(TaskOrchestrationContext));
            types.ShouldContain(typeof(global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException));
            RealApi.Lacks(types).ShouldBeEmpty();
        }

        [Fact]
        public void A_type_that_the_real_packages_lack_is_found() =>
            RealApi.Lacks([typeof(Microsoft.DurableTask.Invented)]).ShouldBe(
            [
                "Microsoft.DurableTask.Invented :: Invented()",
                "Microsoft.DurableTask.Invented :: class",
            ]);

        [Fact]
        public void A_base_that_differs_from_the_real_one_is_found() =>
            RealApi.Lacks([typeof(EntityTriggerAttribute)]).ShouldBe(["Microsoft.Azure.Functions.Worker.EntityTriggerAttribute :: : Attribute"]);

        [Fact]
        public void Members_that_differ_from_the_real_ones_are_found() =>
            RealApi.Lacks([typeof(Lookalike.TaskName)]).Select(line => line.Split(" :: ")[1]).ShouldBe(
            [
                "TaskName(string name = null)",
                "class",
                "protected static T Extra<T>(IReadOnlyDictionary<string, int[]> map, double factor = 1, DateTime? at = default, bool on = true, params string[] rest)",
                "string Name { get; init; }",
                "virtual void Method()",
            ]);
    }
}

namespace Microsoft.DurableTask
{
    public class Invented;
}

namespace Microsoft.Azure.Functions.Worker
{
    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class EntityTriggerAttribute : Attribute
    {
        public string? EntityName { get; set; }
    }
}

namespace PelNas.Local.Tests.Api.Lookalike
{
    public class TaskName
    {
        public TaskName(string? name = null) => Name = name;

        public string? Name { get; init; }

        public override string ToString() => "not compared: every type has one";

        public virtual void Method()
        {
        }

        internal void Hidden()
        {
        }

        protected static T? Extra<T>(IReadOnlyDictionary<string, int[]> map, double factor = 1.0, DateTime? at = null, bool on = true, params string[] rest) => default;
    }
}
