"""A small instance that forwards functions' calls to the internet, and says itself whether it does."""

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

# Long enough for packages to be fetched on the smallest instance there is, some of the tries in vain.
READY_WITHIN = cdk.Duration.minutes(15)

# Amazon Linux 2023 has no iptables. On 512 MB of memory its package manager is ended now and then while the agent of
# Systems Manager updates itself (amazonlinux/amazon-linux-2023#404), which nobody uses here; and mirrors may be slow
# (aws/aws-cdk#36717).
SCRIPT = """\
set -eu
systemctl disable --now amazon-ssm-agent || true
dd if=/dev/zero of=/swapfile bs=1M count=512
chmod 600 /swapfile
mkswap /swapfile
swapon /swapfile
tries=0
until dnf install -y iptables-services aws-cfn-bootstrap; do
  tries=$((tries + 1))
  if [ "$tries" -ge 20 ]; then exit 1; fi
  sleep 15
done
systemctl enable --now iptables
echo "net.ipv4.ip_forward=1" > /etc/sysctl.d/nat.conf
sysctl -p /etc/sysctl.d/nat.conf
interface=$(ip -4 -o route show default | sed -n "s|.* dev \\([^ ]*\\).*|\\1|p" | head -n 1)
test -n "$interface"
iptables -t nat -A POSTROUTING -o "$interface" -j MASQUERADE
iptables -F FORWARD
service iptables save"""


class NatInstance(ec2.NatInstanceProviderV2):
    """Provides one instance; without its word that it forwards, its stack is not created, and an older one stays."""

    def __init__(self) -> None:
        self._user_data = ec2.UserData.for_linux()
        self._user_data.add_commands(*SCRIPT.splitlines())
        super().__init__(
            instance_type=ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
            # The subnet gives none by itself, and NAT needs one.
            associate_public_ip_address=True,
            default_allowed_traffic=ec2.NatTrafficDirection.OUTBOUND_ONLY,
            # The newest at each deployment: another one takes over only when it has said that it forwards.
            machine_image=ec2.MachineImage.latest_amazon_linux2023(cpu_type=ec2.AmazonLinuxCpuType.ARM_64),
            user_data=self._user_data,
        )

    def wait_until_ready(self, vpc: ec2.Vpc) -> None:
        """Let the deployment wait for the instance of `vpc`, which must have been made with this provider."""
        [instance] = self.gateway_instances
        self._user_data.add_signal_on_exit_command(instance)
        instance.instance.cfn_options.creation_policy = cdk.CfnCreationPolicy(
            resource_signal=cdk.CfnResourceSignal(count=1, timeout=READY_WITHIN.to_iso_string())
        )
        for subnet in vpc.public_subnets:
            instance.node.add_dependency(subnet.internet_connectivity_established)
