# frozen_string_literal: true

require_relative "lab"

# Tells Vagrant about the machines of a lab.
#
# Every machine has four network cards: the provider's own with the console, then sync, inside and outside. The guest's names for them are
# its driver and 0 to 3, with both providers.
class PfsyncMachines
  LANS = %w[sync inside outside].freeze
  LIBVIRT_CARDS = { "em" => "e1000", "vio" => "virtio" }.freeze
  VIRTUALBOX_CARDS = { "em" => "82540EM", "vio" => "virtio" }.freeze
  BECOME = { "sudo" => "sudo -E -H %c", "doas" => "doas %c" }.freeze
  # The address of the host where the provider wants it to have one.
  HOST = 254

  # key: the public key that root's console takes, "" for none.
  def initialize(lab, key)
    @lab = lab
    @key = key
  end

  def define(config)
    config.vm.synced_folder ".", "/vagrant", disabled: true
    config.vm.box_check_update = false
    config.ssh.shell = "sh"
    @lab.firewalls.each do |firewall|
      config.vm.define(firewall.name, primary: firewall.rank.zero?, autostart: firewall.rank < 2) do |machine|
        machine(machine, firewall)
      end
    end
  end

  # What provision.sh is told.
  def environment(firewall)
    number = firewall["number"]
    {
      "LAB_HOSTNAME" => "fw-#{firewall.name}",
      "LAB_NIC" => @lab["nic"],
      "LAB_SYNC" => @lab.address("sync", number),
      "LAB_INSIDE" => @lab.address("inside", number),
      "LAB_INSIDE6" => @lab.address("inside6", number),
      "LAB_OUTSIDE" => @lab.address("outside", number),
      "LAB_OUTSIDE6" => @lab.address("outside6", number),
      "LAB_CARP_INSIDE" => @lab.address("inside", 1),
      "LAB_CARP_INSIDE6" => @lab.address("inside6", 1),
      "LAB_CARP_OUTSIDE" => @lab.address("outside", 1),
      "LAB_CARP_OUTSIDE6" => @lab.address("outside6", 1),
      "LAB_CARP_PASSWORD" => @lab["carp-password"],
      "LAB_ADVSKEW" => (firewall.rank * 100).to_s,
      "LAB_DEFER" => @lab["defer"] ? "defer" : "",
      "LAB_KEY" => @key
    }
  end

  private

  def machine(machine, firewall)
    machine.vm.box = firewall["box"]
    machine.vm.box_version = firewall["box-version"] unless firewall["box-version"].empty?
    machine.ssh.sudo_command = BECOME.fetch(firewall["become"])
    machine.vm.provider(:libvirt) { |libvirt, override| libvirt(libvirt, override) }
    machine.vm.provider(:virtualbox) { |box, override| virtualbox(box, override, firewall["number"]) }
    machine.vm.provision "shell", path: File.join(__dir__, "provision.sh"), env: environment(firewall)
  end

  # Networks on which the host is present with a bridge and no address, so that its kernel answers nobody.
  def libvirt(libvirt, override)
    libvirt.driver = "kvm"
    libvirt.memory = @lab["memory"]
    libvirt.cpus = @lab["cpus"]
    libvirt.nic_model_type = LIBVIRT_CARDS.fetch(@lab["nic"])
    LANS.each do |lan|
      override.vm.network :private_network, auto_config: false, libvirt__network_name: "pfsync-#{lan}",
                                            libvirt__forward_mode: "veryisolated", libvirt__dhcp_enabled: false,
                                            libvirt__bridge_stp: false
    end
  end

  # Host-only networks; cards that hand up frames to CARP's Ethernet address too.
  def virtualbox(box, override, number)
    box.memory = @lab["memory"]
    box.cpus = @lab["cpus"]
    cards = VIRTUALBOX_CARDS.fetch(@lab["nic"])
    box.customize ["modifyvm", :id, "--nictype1", cards]
    LANS.each_with_index do |lan, index|
      override.vm.network :private_network, auto_config: false, ip: @lab.address(lan, number),
                                            adapter_ip: @lab.address(lan, HOST), netmask: "255.255.255.0"
      box.customize ["modifyvm", :id, "--nictype#{index + 2}", cards]
      box.customize ["modifyvm", :id, "--nicpromisc#{index + 2}", "allow-all"]
    end
  end
end
