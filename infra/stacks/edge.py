"""The web firewall. CloudFront takes one from a single region only, so it is a stack of its own."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra.config import Config

# What they may count and not block: a page or a mail that a person brings along is a body of some megabytes, which
# the API itself bounds.
_COUNTED_ONLY = {"AWSManagedRulesCommonRuleSet": ("SizeRestrictions_BODY",)}
# Requests of one address in five minutes: a person who clicks without a pause makes a few hundred.
_REQUESTS = 2000
_MANAGED = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)


class EdgeStack(Stack):
    """A web ACL: known bad addresses and requests are refused, and so is whoever asks too often."""

    def __init__(self, scope: Construct, construct_id: str, *, config: Config, **arguments: object) -> None:
        super().__init__(scope, construct_id, **arguments)  # type: ignore[arg-type]
        rate = wafv2.CfnWebACL.RuleProperty(
            name="rate",
            priority=0,
            action=wafv2.CfnWebACL.RuleActionProperty(block=wafv2.CfnWebACL.BlockActionProperty()),
            statement=wafv2.CfnWebACL.StatementProperty(
                rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(
                    limit=_REQUESTS, aggregate_key_type="IP", evaluation_window_sec=300
                )
            ),
            visibility_config=_seen("rate"),
        )
        self.web_acl = wafv2.CfnWebACL(
            self,
            "WebAcl",
            name=config.prefix,
            scope="CLOUDFRONT",
            default_action=wafv2.CfnWebACL.DefaultActionProperty(allow=wafv2.CfnWebACL.AllowActionProperty()),
            visibility_config=_seen("all"),
            rules=[rate, *(_managed(name, number) for number, name in enumerate(_MANAGED, start=1))],
        )
        CfnOutput(self, "WebAclArn", value=self.web_acl.attr_arn)


def _managed(name: str, priority: int) -> wafv2.CfnWebACL.RuleProperty:
    return wafv2.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
        statement=wafv2.CfnWebACL.StatementProperty(
            managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=name,
                rule_action_overrides=[
                    wafv2.CfnWebACL.RuleActionOverrideProperty(
                        name=rule, action_to_use=wafv2.CfnWebACL.RuleActionProperty(count={})
                    )
                    for rule in _COUNTED_ONLY.get(name, ())
                ],
            )
        ),
        visibility_config=_seen(name),
    )


def _seen(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
