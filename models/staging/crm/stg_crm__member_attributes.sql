{{ crm_warehouse.accepted('crm', 'member_attributes') }}
