"""Aurora PostgreSQL Serverless v2, its proxy where the environment has one, and the roles that functions log in as."""

from collections.abc import Iterable, Sequence

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_rds as rds
from aws_cdk import custom_resources
from constructs import Construct

from infra.constructs.foundation import DatabaseLogin
from infra.constructs.removal import removal_of
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.database_roles import OWNER, login_roles
from infra.database_settings import LIMITS, LOG
from infra.environments import Environment

DATABASE_PORT = 5432
DATABASE = "sharestack"

ENGINE = rds.DatabaseClusterEngine.aurora_postgres(version=rds.AuroraPostgresEngineVersion.VER_18_4)

PARAMETERS = {"rds.force_ssl": "1", **LIMITS, **LOG}

# What a cluster that joins a global database has from its first one.
INHERITED = ("DatabaseName", "ManageMasterUserPassword", "MasterUsername", "MasterUserPassword", "MasterUserSecret")


def login_roles_statement(database: str, owner: str, roles: Iterable[str]) -> str:
    """SQL that makes `roles`, which log in to `database` with IAM tokens; only `owner` may make tables in it.

    One statement, so that the Data API runs it as it stands; run again it changes nothing.
    """
    names = ", ".join(f"'{role}'" for role in roles)
    return f"""
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[{names}] LOOP
    IF to_regrole(name) IS NULL THEN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    END IF;
    EXECUTE format('GRANT rds_iam TO %I', name);
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE {database} TO %I', name);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
  END LOOP;
  GRANT CREATE ON DATABASE {database} TO {owner};
  GRANT CREATE ON SCHEMA public TO {owner};
END
$$
"""


class Database(Construct):
    """The cluster. Functions log in as one of `login_roles` with an IAM token; nobody holds a password at run time."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        vpc: ec2.IVpc,
        subnets: ec2.SubnetSelection,
        security_group: ec2.ISecurityGroup,
        function_group: ec2.ISecurityGroup,
        key: kms.IKey,
    ) -> None:
        super().__init__(scope, construct_id)
        self._function_group = function_group
        # Whether this is the home region's cluster of two.
        self._leads = environment.second_region is not None and not environment.standby
        self._settings = environment
        self._vpc = vpc
        self._subnets = subnets
        self._security_group = security_group
        self.cluster = self._make_cluster(key)
        if environment.standby:
            self._follow_primary()
            host = self.cluster.cluster_read_endpoint.hostname
        else:
            self._create_login_roles(key)
            host = self.cluster.cluster_endpoint.hostname
        if self._leads:
            self._lead_global_cluster()
        user_of = self.cluster.cluster_resource_identifier
        if environment.database_proxy:
            proxy = self._make_proxy()
            host = proxy.endpoint
            user_of = cdk.Fn.select(6, cdk.Fn.split(":", proxy.db_proxy_arn))
        self.logins = {
            role: DatabaseLogin(
                url=f"postgresql://{role}@{host}:{DATABASE_PORT}/{DATABASE}?sslmode=require",
                connect_arn=self._user_arn(user_of, role),
            )
            for role in login_roles()
        }

    def _user_arn(self, resource: str, role: str) -> str:
        return cdk.Stack.of(self).format_arn(
            service="rds-db",
            resource="dbuser",
            resource_name=f"{resource}/{role}",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )

    def _make_cluster(self, key: kms.IKey) -> rds.DatabaseCluster:
        settings = self._settings
        pause = settings.database_pause_minutes
        # Made before the cluster, which would otherwise make it without a retention.
        name = settings.database_log_name
        log_group = RetainedLogGroup(self, "Logs", environment=settings, name=name, key=key)
        cluster = rds.DatabaseCluster(
            self,
            "Cluster",
            cluster_identifier=settings.prefix,
            engine=ENGINE,
            default_database_name=DATABASE,
            # The administrator's password is made, kept and rotated by RDS; not in a global database, where it cannot.
            manage_master_user_password=not self._leads,
            credentials=(
                rds.Credentials.from_generated_secret("postgres", encryption_key=key)
                if self._leads
                else rds.Credentials.from_username("postgres", encryption_key=key)
            ),
            writer=rds.ClusterInstance.serverless_v2(
                "Writer", auto_minor_version_upgrade=True, enable_performance_insights=settings.database_insights
            ),
            readers=self._readers(),
            serverless_v2_min_capacity=settings.database_min_capacity,
            serverless_v2_max_capacity=settings.database_max_capacity,
            serverless_v2_auto_pause_duration=None if pause is None else cdk.Duration.minutes(pause),
            vpc=self._vpc,
            vpc_subnets=self._subnets,
            security_groups=[self._security_group],
            parameters=PARAMETERS,
            iam_authentication=True,
            enable_data_api=True,
            storage_encrypted=True,
            storage_encryption_key=key,
            backup=rds.BackupProps(retention=cdk.Duration.days(settings.backup_days)),
            copy_tags_to_snapshot=True,
            enable_performance_insights=settings.database_insights,
            performance_insight_encryption_key=key if settings.database_insights else None,
            cloudwatch_logs_exports=["postgresql"],
            deletion_protection=settings.protected,
            removal_policy=removal_of(settings),
        )
        # The construct library hands on plain RETAIN only, and would leave the cluster without instances and subnets.
        for part in cluster.node.find_all():
            if isinstance(part, rds.CfnDBInstance | rds.CfnDBSubnetGroup):
                part.apply_removal_policy(removal_of(settings))
        cluster.node.add_dependency(log_group)
        return cluster

    def _lead_global_cluster(self) -> None:
        """Make the cluster the writing one of a global database. A function rotates the administrator's password."""
        rds.CfnGlobalCluster(
            self,
            "Global",
            global_cluster_identifier=self._settings.prefix,
            source_db_cluster_identifier=self.cluster.cluster_arn,
            deletion_protection=self._settings.protected,
        )
        self.cluster.add_rotation_single_user(
            automatically_after=cdk.Duration.days(30),
            vpc_subnets=self._subnets,
            security_group=self._function_group,
        )

    def _follow_primary(self) -> None:
        """Make the cluster a copy of the global database's: users, passwords and databases come with the data."""
        resource = self.cluster.node.default_child
        assert isinstance(resource, rds.CfnDBCluster)
        resource.global_cluster_identifier = self._settings.prefix
        for name in INHERITED:
            resource.add_property_deletion_override(name)

    def _readers(self) -> Sequence[rds.IClusterInstance]:
        return [
            rds.ClusterInstance.serverless_v2(
                f"Reader{number}",
                scale_with_writer=True,
                auto_minor_version_upgrade=True,
                enable_performance_insights=self._settings.database_insights,
            )
            for number in range(1, self._settings.database_readers + 1)
        ]

    def _make_proxy(self) -> rds.DatabaseProxy:
        # The proxy logs in to the database as the functions log in to the proxy: as the same role, with a token.
        role = iam.Role(self, "ProxyRole", assumed_by=iam.ServicePrincipal("rds.amazonaws.com"))
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["rds-db:connect"],
                resources=[
                    self._user_arn(self.cluster.cluster_resource_identifier, database_role)
                    for database_role in login_roles()
                ],
            )
        )
        return rds.DatabaseProxy(
            self,
            "Proxy",
            role=role,
            proxy_target=rds.ProxyTarget.from_cluster(self.cluster),
            default_auth_scheme=rds.DefaultAuthScheme.IAM_AUTH,
            iam_auth=True,
            require_tls=True,
            vpc=self._vpc,
            vpc_subnets=self._subnets,
            security_groups=[self._security_group],
            max_connections_percent=90,
            idle_client_timeout=cdk.Duration.minutes(30),
            borrow_timeout=cdk.Duration.seconds(10),
        )

    def _create_login_roles(self, key: kms.IKey) -> None:
        secret = self.cluster.secret
        assert secret is not None
        call = custom_resources.AwsSdkCall(
            service="RDSDataService",
            action="executeStatement",
            parameters={
                "resourceArn": self.cluster.cluster_arn,
                "secretArn": secret.secret_arn,
                "database": DATABASE,
                "sql": login_roles_statement(DATABASE, OWNER, login_roles()),
            },
            physical_resource_id=custom_resources.PhysicalResourceId.of(f"{DATABASE}-{OWNER}"),
        )
        role = custom_resources.AwsCustomResource(
            self,
            "LoginRole",
            on_create=call,
            on_update=call,
            install_latest_aws_sdk=False,
            log_group=RetainedLogGroup(
                self,
                "LoginRoleLogs",
                environment=self._settings,
                name=self._settings.log_group_name("deployment/login-role"),
            ),
            policy=custom_resources.AwsCustomResourcePolicy.from_statements(
                [
                    iam.PolicyStatement(actions=["rds-data:ExecuteStatement"], resources=[self.cluster.cluster_arn]),
                    iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[secret.secret_arn]),
                    # The Data API reads the secret in the name of its caller.
                    iam.PolicyStatement(actions=["kms:Decrypt"], resources=[key.key_arn]),
                ]
            ),
        )
        role.node.add_dependency(self.cluster)
